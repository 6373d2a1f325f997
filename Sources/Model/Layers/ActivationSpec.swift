import Canonical

/// An elementwise non-linearity.
package struct ActivationSpec: LayerKind {
  package static let type = LayerType.activation

  package enum Function: String, CaseIterable, Sendable {
    /// max(x, 0).
    case relu
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
    /// The hyperbolic tangent.
    case tanh
    /// x above 0, slope·x below.
    case leakyRelu
  }

  package var function: Function
  /// The factor below 0 of a leaky ReLU; 0 for the other functions.
  package var slope: Double
  /// What takes its place in training; nil is the function itself.
  package var replacement: ActivationReplacement?

  /// - Parameter slope: holds for a leaky ReLU only.
  package init(_ function: Function, slope: Double = 0.01) {
    self.function = function
    self.slope = function == .leakyRelu ? slope : 0
  }

  package static let blank = ActivationSpec(.relu)
  package static let fields: [Field<ActivationSpec>] = [
    .number("slope", \.slope, in: -1000...1000, .optional, "the factor below 0")
      .when { $0.function == .leakyRelu }
  ]

  package static let blanks = Function.allCases.map { ActivationSpec($0) }

  package var kind: String { function.rawValue }
  package var layer: LayerSpec { .activation(self) }
  package var replacedBy: (any Regularizer)? { replacement?.regularizer }

  /// A function whose backward pass asks for no more than its output's signs may work in place.
  package var traits: LayerTraits {
    let asksForSigns = replacement?.asksForSigns(of: function) ?? (function == .relu)
    return LayerTraits(
      outputUse: asksForSigns ? .signs : .values,
      overwritesInput: asksForSigns ? .changingValues : .never, takesRelu: .never,
      worksOnSlices: replacement == nil, addsGradient: false, joinsNormalization: false,
      isReadThrough: replacement?.isReadThrough(of: function) ?? (function == .relu),
      ordering: .sameAsOutput)
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape { input }
}
