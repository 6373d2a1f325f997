/// The version of what the engine computes, down to the last bit.
package enum EngineRevision {
  /// Rises whenever the same run would give other bits than before, also where
  /// `ArithmeticFingerprint` would not notice.
  package static let current = 8
}
