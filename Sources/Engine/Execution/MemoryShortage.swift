/// What happens where the system refuses memory for a network. Layers take theirs in many small
/// pieces, none of which can do anything about it, so the program as a whole is asked, as by C++'s new
/// handler.
package enum MemoryShortage {
  /// Ends the process; gets the bytes that were asked for. A program sets it before its first network.
  package nonisolated(unsafe) static var handler: (Int) -> Never = { bytes in
    fatalError(message(bytes))
  }

  /// One sentence without a full stop.
  package static func message(_ bytes: Int) -> String {
    "there is too little memory: a network needs \(bytes) bytes more; fewer --jobs, a smaller batch or "
      + "a higher limit (`ulimit -v`) help"
  }
}
