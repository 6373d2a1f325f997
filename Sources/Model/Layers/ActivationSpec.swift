import Canonical

/// An elementwise non-linearity.
package struct ActivationSpec: Hashable, Sendable {
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

  /// Describes an activation. The slope, 0.01 unless given, holds for a leaky ReLU only.
  package init(_ function: Function, slope: Double = 0.01) {
    self.function = function
    self.slope = function == .leakyRelu ? slope : 0
  }

  /// Reads `slope`, for a leaky ReLU only.
  init(_ function: Function, reading reader: ObjectReader) {
    let hasSlope = function == .leakyRelu
    self.init(
      function, slope: hasSlope ? reader.double("slope", default: 0.01, in: -1000...1000) : 0)
  }

  var members: [JSONValue.Member] {
    function == .leakyRelu ? [.init("slope", .number(slope))] : []
  }
}
