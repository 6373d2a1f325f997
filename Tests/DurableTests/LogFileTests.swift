import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct LogFileTests {
  @Test func `a log is appended to, and not inherited by children`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("log")
    for text in ["one ", "two"] {
      let descriptor = try LogFile.open(path)
      #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
      #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
      close(descriptor)
    }
    #expect(try FileContents.read(path) == Array("one two".utf8))
  }

  @Test func `a storage error is thrown`() throws {
    let folder = try TemporaryFolder()
    let outcome = FaultHook.during(.init(.open, turn: 1, .error(EMFILE)), under: folder.path) {
      Result { try LogFile.open(folder.file("log")) }
    }
    #expect(throws: FileError(path: folder.file("log"), operation: .openForWriting, code: EMFILE)) {
      try outcome.result.get()
    }
  }
}
