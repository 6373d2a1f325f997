import Canonical
import Glibc
import System

/// The two streams a command writes to: the product goes to standard output, talk to standard
/// error, so that a pipe gets the product alone.
enum StandardStreams {
  /// Writes what was asked for. Characters that a terminal obeys are shown as their codes, whoever
  /// wrote them.
  /// - Throws: `Failure` of kind `unwritable` if the stream does not take it, for example because it
  ///   leads to a full disk.
  static func product(_ text: String) throws(Failure) { try emit(text.visibleLines) }

  private static func emit(_ text: String) throws(Failure) {
    guard write(text, to: STDOUT_FILENO) else {
      // A reader such as `head` has seen enough: nothing is worth saying.
      if errno == EPIPE { throw Failure(.unwritable, printed: "") }
      let reason = SystemCall.reason(errno)
      throw Failure(.unwritable, "cannot write to standard output: \(reason)")
    }
  }

  /// The same with words coloured on a terminal.
  static func product(
    _ text: String, _ coloring: (ColoredText) -> (String) -> String
  ) throws(Failure) {
    let colors = ColoredText(terminal: .standardOutput)
    guard colors.terminal.hasColor else { return try product(text) }
    try emit(coloring(colors)(text.visibleLines))
  }

  /// Writes over what was written before.
  /// - Parameter erasure: what takes the earlier text away.
  static func redraw(
    _ erasure: String, _ text: String, _ coloring: (ColoredText) -> (String) -> String
  ) throws(Failure) {
    try emit(erasure + coloring(ColoredText(terminal: .standardOutput))(text.visibleLines))
  }

  /// Writes a line or lines of talk, cleaned likewise. Where nobody listens, it is lost.
  static func talk(_ line: String) {
    let text = ColoredText(terminal: .standardError).talk(line.visibleLines)
    _ = write(text + "\n", to: STDERR_FILENO)
  }

  /// Writes to standard error without ending the line, with whatever moves the cursor and colours
  /// words.
  static func draw(_ text: String) {
    _ = write(text, to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { SystemCall.writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
  }
}
