import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct AppendLogTests {
  @Test func `following a log gives each whole line once`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("followed")
    #expect(try AppendLog.lines(of: path, from: 0).lines.isEmpty)
    let log = try AppendLog(path)
    try log.append("one")
    let first = try AppendLog.lines(of: path, from: 0)
    #expect(first.lines == ["one"])
    try log.append("two")
    // Another process is in the middle of a line.
    let torn = try FileContents.read(path) + Array("0123".utf8)
    try AtomicFile.write(torn, to: path)
    let second = try AppendLog.lines(of: path, from: first.end)
    #expect(second.lines == ["two"])
    #expect(second.end == torn.count - 4)
    #expect(try AppendLog.lines(of: path, from: second.end).lines.isEmpty)
    try AtomicFile.write("", to: path)
    #expect(try AppendLog.lines(of: path, from: second.end).end == 0)
  }

  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("log")
  }

  @Test func `lines come back in order`() throws {
    #expect(try AppendLog.lines(of: path) == [])
    let log = try AppendLog(path)
    let texts = ["", "one", #"{"a": "ä"}"#, String(repeating: "x", count: 100_000)]
    for text in texts { try log.append(text) }
    #expect(try AppendLog.lines(of: path) == texts)
    try AppendLog(path).append("more")
    #expect(try AppendLog.lines(of: path) == texts + ["more"])
  }

  @Test func `a torn end is ignored and cut`() throws {
    let log = try AppendLog(path)
    try log.append("first")
    try log.append("second")
    let whole = try FileContents.read(path)
    let first = LogLine.encode("first").count
    for length in first..<whole.count {
      try AtomicFile.write(Array(whole.prefix(length)), to: path)
      #expect(try AppendLog.lines(of: path) == ["first"])
      try AppendLog(path).append("third")
      #expect(try FileContents.read(path) == LogLine.encode("first") + LogLine.encode("third"))
    }
  }

  @Test func `a damaged line costs only itself`() throws {
    let log = try AppendLog(path)
    for text in ["first", "second", "third"] { try log.append(text) }
    let whole = try FileContents.read(path)
    let range = LogLine.encode("first").count..<(whole.count - LogLine.encode("third").count)
    for index in range {
      for change in [0x01, 0x20, 0x80] as [UInt8] {
        var damaged = whole
        damaged[index] ^= change
        #expect(LogLine.decode(damaged).filter { $0 != "third" } == ["first"])
        // The line end itself may be hit, which joins the two lines around it.
        #expect(LogLine.decode(damaged).contains("third") == (index != range.upperBound - 1))
      }
    }
  }

  @Test func `a storage error anywhere loses nothing that was written`() throws {
    let hits = try FaultInjection.everywhere(
      .error(ENOSPC), under: folder.path,
      prepare: {
        try Folder.removeFile(path)
        try AppendLog(path).append("before")
      },
      work: { try AppendLog(path).append("new") },
      check: { attempt in
        #expect(throws: FileError.self) { try attempt.outcome.get() }
        #expect(try AppendLog.lines(of: path) == ["before"])
        try AppendLog(path).append("after")
        #expect(try AppendLog.lines(of: path) == ["before", "after"])
      })
    #expect(hits == 4, "open, fsync of the folder, write, fsync")
  }

  @Test func `the name of a new log is on the disk before its first line`() throws {
    let fresh = folder.file("below/log")
    try Folder.create(folder.file("below"))
    #expect(
      try FaultInjection.operations(.fsync, under: folder.file("below")) {
        _ = try AppendLog(fresh)
      } == 1)
  }

  @Test func `a log goes on after a failed append`() throws {
    let log = try AppendLog(path)
    try log.append("before")
    let failure = FaultHook.during(.init(.write, turn: 1, .error(ENOSPC)), under: folder.path) {
      Result { try log.append("lost") }
    }
    #expect(throws: FileError.self) { try failure.result.get() }
    try log.append("after")
    #expect(try AppendLog.lines(of: path) == ["before", "after"])
  }

  @Test(arguments: ["write:1:torn", "write:1:kill", "fsync:2:kill"])
  func `a killed process loses at most its own line`(fault: String) async throws {
    try AppendLog(path).append("before")
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, fault = fault as String] in
      try FaultHook.arm(fault)
      try AppendLog(path).append("of the dead")
    }
    let expected = fault == "fsync:2:kill" ? ["before", "of the dead"] : ["before"]
    #expect(try AppendLog.lines(of: path) == expected)
    try AppendLog(path).append("after")
    #expect(try AppendLog.lines(of: path) == expected + ["after"])
  }

  @Test func `two writers do not tear each other's lines`() throws {
    let logs = [try AppendLog(path), try AppendLog(path)]
    for number in 0..<50 { try logs[number % 2].append("\(number)") }
    #expect(try AppendLog.lines(of: path) == (0..<50).map { "\($0)" })
  }
}
