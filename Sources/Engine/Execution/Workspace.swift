/// Memory that all layers of a network share, one after the other: a layer may use it within its
/// forward stages and again within its backward stages, and finds nothing there that it left
/// between the two. Sized once all layers have said what they need.
final class Workspace {
  private var base: UnsafeMutablePointer<Float>?
  private var count = 0

  /// Asks for at least `floats`.
  func need(_ floats: Int) { count = max(count, floats) }

  /// Takes the memory.
  func reserve(from arena: Arena) {
    if count > 0 { base = arena.floats(count) }
  }

  /// The memory, from the given float on.
  func at(_ offset: Int) -> UnsafeMutablePointer<Float> {
    guard let base else { preconditionFailure("a workspace used before it was reserved") }
    return base + offset
  }
}
