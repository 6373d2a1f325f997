/// The version of what the engine computes, down to the last bit.
public enum EngineRevision {
  /// Rises whenever the same run would give other bits than before; recorded runs of another
  /// revision are not mixed with new ones.
  public static let current = 2
}
