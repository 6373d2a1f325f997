import Canonical
import Glibc
import System

/// One end of a pair of pipes that carries JSON objects, one a line.
final class MessagePipe {
  /// What a look into the pipe finds.
  enum Received: Equatable {
    /// A message, as yet without meaning.
    case message(JSONValue)
    /// Nothing now.
    case nothing
    /// The other end is closed and everything before that was read.
    case closed
    /// Bytes that are no JSON object on a line.
    case garbled
  }

  /// Where messages come from.
  let input: Int32
  private let output: Int32
  private var pending: [UInt8] = []
  private var isClosed = false

  /// The longest line that is taken for a message.
  private static let longestLine = 16 << 20

  /// Takes over two descriptors and closes them in the end.
  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  deinit {
    close(input)
    close(output)
  }

  /// Sends a message whole.
  /// - Returns: false if the other end is closed.
  @discardableResult
  func send(_ message: JSONValue) -> Bool {
    let bytes = Array(message.canonicalText.utf8) + [0x0A]
    return bytes.withUnsafeBytes { SystemCall.writeAll($0, to: output) }
  }

  /// The next message, if one has arrived whole.
  /// - Parameter milliseconds: how long to wait for bytes; −1 waits for ever, until a message or
  ///   the end. A signal ends the wait.
  func next(milliseconds: Int32 = 0) -> Received {
    while true {
      if let newline = pending.firstIndex(of: 0x0A) {
        let line = Array(pending[..<newline])
        pending.removeFirst(newline + 1)
        guard case .success(let json) = JSONParser.parse(line, file: "message"),
          json.members != nil
        else { return .garbled }
        return .message(json)
      }
      if isClosed { return pending.isEmpty ? .closed : .garbled }
      if pending.count > Self.longestLine { return .garbled }
      var request = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, milliseconds)
      if ready < 0, errno == EINTR, milliseconds < 0 { continue }
      guard ready > 0 else { return .nothing }
      read()
    }
  }

  private func read() {
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    let count = block.withUnsafeMutableBytes { raw in
      SystemCall.retrying { Glibc.read(input, raw.baseAddress, raw.count) }
    }
    if count > 0 { pending += block[..<count] } else { isClosed = true }
  }
}
