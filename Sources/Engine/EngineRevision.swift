/// The version of what the engine computes, down to the last bit.
package enum EngineRevision {
  /// Rises whenever the same run would give other bits than before; recorded runs of another
  /// revision are not mixed with new ones.
  package static let current = 5
}
