import Canonical
import Glibc
import Testing

@testable import Runner

@Suite struct MessagePipeTests {
  /// A pipe that talks to itself.
  private func loop() -> MessagePipe {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    return MessagePipe(input: ends[0], output: ends[1])
  }

  @Test func `messages arrive in order`() {
    let pipe = loop()
    #expect(pipe.next() == .nothing)
    let first = JSONValue.object(["text": .string("line\nend")])
    let second = JSONValue.object(["number": .number(0.1)])
    pipe.send(first)
    pipe.send(second)
    #expect(pipe.next() == .message(first))
    #expect(pipe.next(milliseconds: -1) == .message(second))
    #expect(pipe.next() == .nothing)
  }

  @Test func `a half line waits for its other half`() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    let pipe = MessagePipe(input: ends[0], output: dup(ends[1]))
    write(ends[1], "{\"a\"", 4)
    #expect(pipe.next() == .nothing)
    write(ends[1], ":1}\n", 4)
    #expect(pipe.next() == .message(.object(["a": .number(1)])))
    close(ends[1])
  }

  @Test func `the end is noticed and a torn line too`() {
    for (text, end) in [("", MessagePipe.Received.closed), ("{\"a", .garbled), ("x\n", .garbled)] {
      var ends: [Int32] = [-1, -1]
      pipe(&ends)
      write(ends[1], text, text.utf8.count)
      close(ends[1])
      let pipe = MessagePipe(input: ends[0], output: open("/dev/null", O_WRONLY))
      #expect(pipe.next() == end)
    }
  }

  @Test func `sending to an ended process does not crash`() {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    close(ends[0])
    let pipe = MessagePipe(input: open("/dev/null", O_RDONLY), output: ends[1])
    #expect(!pipe.send(.object(["a": .number(1)])))
    #expect(pipe.next() == .closed)
  }
}
