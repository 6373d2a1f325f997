/// An elementwise non-linearity.
public struct ActivationSpec: Hashable, Sendable {
  /// The function.
  public enum Function: String, CaseIterable, Sendable {
    /// max(x, 0).
    case relu
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
  }

  /// The function.
  public var function: Function

  /// Describes an activation.
  public init(_ function: Function) { self.function = function }
}
