import Glibc

/// Ties a worker's life to its parent's.
enum ParentDeathSignal {
  private static let setParentDeathSignal: Int32 = 1

  /// Asks the kernel to kill this process when the thread that started it ends. Where the C
  /// library has no `prctl`, the closing pipe alone ends the worker, at its next batch.
  static func request() {
    // `prctl` takes a variable number of arguments, which Swift cannot call by name.
    typealias Function = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
    guard let symbol = dlsym(nil, "prctl") else { return }
    let control = unsafeBitCast(symbol, to: Function.self)
    _ = control(setParentDeathSignal, UInt(SIGKILL), 0, 0, 0)
  }
}
