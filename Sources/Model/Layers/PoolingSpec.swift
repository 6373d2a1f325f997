import Canonical

/// Maximum or average over square windows.
package struct PoolingSpec: LayerKind {
  package static let type = LayerType.pooling

  /// What is taken of a window.
  package enum Kind: String, CaseIterable, Sendable {
    /// The largest value; ties go to the first in row-major order.
    case max
    /// The mean of the values that lie inside the map.
    case average
  }

  /// What happens where the last window does not fit.
  package enum Rounding: String, CaseIterable, Sendable {
    /// The window is left out (PyTorch's default).
    case floor
    /// The window is clipped at the border (cuda-convnet and Caffe).
    case ceil
  }

  /// What is taken of a window.
  package var operation: Kind
  /// Rows and columns of a window.
  package var window: Int
  /// Step between windows.
  package var stride: Int
  /// What happens at the far border.
  package var rounding: Rounding

  package init(_ kind: Kind, window: Int, stride: Int, rounding: Rounding = .floor) {
    operation = kind
    self.window = window
    self.stride = stride
    self.rounding = rounding
  }

  package static let blank = PoolingSpec(.max, window: 1, stride: 1)
  package static let fields: [Field<PoolingSpec>] = [
    .whole("window", \.window, in: LayerLimits.kernels, .required, "rows and columns of a window"),
    .whole(
      "stride", \.stride, in: LayerLimits.strides, usual: \.window,
      "step between windows, by default as long as a window"),
    .choice("rounding", \.rounding, .optional, "what happens where the last window does not fit"),
  ]

  package static let blanks = Kind.allCases.map { PoolingSpec($0, window: 1, stride: 1) }

  package var kind: String {
    switch operation {
    case .max: "maxPooling"
    case .average: "averagePooling"
    }
  }

  package var layer: LayerSpec { .pooling(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: .never, takesRelu: operation == .max ? .always : .never,
      worksOnSlices: true,
      addsGradient: false, joinsNormalization: false, isReadThrough: false,
      ordering: .sameAsOutput)
  }

  package func outputShape(
    of input: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    guard input.height >= window, input.width >= window else {
      throw ShapeError(
        layer: name, "a \(window)×\(window) pooling window does not fit a map of \(input)")
    }
    return FeatureShape(
      height: size(of: input.height), width: size(of: input.width), channels: input.channels)
  }

  /// Windows along an extent of `length`.
  private func size(of length: Int) -> Int {
    switch rounding {
    case .floor: return (length - window) / stride + 1
    case .ceil:
      let count = (length - window + stride - 1) / stride + 1
      // A window that would start outside the map holds nothing.
      return (count - 1) * stride >= length ? count - 1 : count
    }
  }
}
