import Durable
import Glibc
import TestSupport
import Study
import System
import Testing

@testable import Runner

@Suite(.serialized) struct ProcessPoolTests {
  /// A pool whose workers are shell scripts.
  private func pool(_ folder: TemporaryFolder, _ script: String) throws -> ProcessPool {
    let program = try folder.write("#!/bin/sh\n\(script)\n", "worker.sh")
    chmod(program, 0o755)
    return ProcessPool(program: program, logFolder: folder.path, options: [])
  }

  /// All events until a worker has ended.
  private func events(_ pool: ProcessPool) -> [WorkerEvent] {
    var all: [WorkerEvent] = []
    while true {
      all += pool.wait(milliseconds: 1000)
      if case .ended = all.last { return all }
    }
  }

  private let ready = #"echo '{"type":"ready","core":"c","config":"d","arithmetic":"e"}'"#
  private let facts = WorkerMessage.ready(
    WorkerFacts(openBLASCore: "c", openBLASConfig: "d", arithmetic: Arithmetic(text: "e")))

  @Test func `messages reach the worker and come back`() throws {
    let folder = try TemporaryFolder()
    let script =
      ready
      + "\nread line\necho \"{\\\"type\\\":\\\"failed\\\",\\\"id\\\":\\\"a\\\",\\\"reason\\\":\\\"heard\\\"}\""
    let pool = try pool(folder, script)
    try pool.start(0)
    pool.send(.stop, to: 0)
    #expect(
      events(pool) == [
        .message(0, facts), .message(0, .failed(id: "a", reason: "heard")),
        .ended(0, reason: "the worker ended with exit code 0"),
      ])
  }

  @Test func `a crash is told with its signal and its log`() throws {
    let folder = try TemporaryFolder()
    let pool = try pool(folder, "echo last words >&2\nkill -SEGV $$")
    try pool.start(3)
    #expect(
      events(pool) == [
        .ended(3, reason: "the worker was ended by signal 11 (Segmentation fault)")
      ])
    #expect(
      String(decoding: try FileContents.read(pool.log(of: 3)), as: UTF8.self) == "last words\n")
  }

  @Test func `a worker that sends malformed messages is ended`() throws {
    let folder = try TemporaryFolder()
    let pool = try pool(folder, "echo nonsense\nsleep 1000")
    try pool.start(0)
    #expect(events(pool) == [.ended(0, reason: "it sent a torn message")])
  }

  @Test func `a worker that hangs can be killed`() throws {
    let folder = try TemporaryFolder()
    let pool = try pool(folder, "\(ready)\nexec sleep 1000")
    try pool.start(0)
    #expect(pool.wait(milliseconds: 10_000) == [.message(0, facts)])
    pool.kill(0)
    #expect(pool.wait(milliseconds: 0) == [])
    #expect(pool.processorTicks(of: 0) == nil)
  }

  @Test func `a killed worker is reported with the likely cause`() throws {
    let folder = try TemporaryFolder()
    let pool = try pool(folder, "kill -KILL $$")
    try pool.start(0)
    #expect(
      events(pool) == [
        .ended(
          0,
          reason:
            "the worker was ended by signal 9 (Killed), as the system does where memory is short")
      ])
  }

  @Test func `a worker that is stopped takes no processor time`() throws {
    let folder = try TemporaryFolder()
    let pool = try pool(folder, "echo $$ >\(folder.file("process"))\n\(ready)\nkill -STOP $$")
    try pool.start(0)
    #expect(pool.wait(milliseconds: 10_000) == [.message(0, facts)])
    let number = String(decoding: try FileContents.read(folder.file("process")), as: UTF8.self)
    let process = try #require(pid_t(number.prefix { $0.isNumber }))
    while try #require(ProcessActivity(of: process)).state != "T" { sched_yield() }
    let ticks = try #require(pool.processorTicks(of: 0))
    Self.work(ticks: 3)
    #expect(pool.processorTicks(of: 0) == ticks)
  }

  @Test func `a worker that works takes processor time`() throws {
    let folder = try TemporaryFolder()
    let pool = try pool(folder, "while :; do :; done")
    try pool.start(0)
    let ticks = try #require(pool.processorTicks(of: 0))
    // It may wait for a processor, but not for ever.
    while try #require(pool.processorTicks(of: 0)) < ticks + 2 { sched_yield() }
    pool.kill(0)
    #expect(pool.processorTicks(of: 0) == nil)
  }

  /// Takes so much processor time itself.
  private static func work(ticks: Int) {
    func own() -> Int { ProcessActivity.own?.processorTicks ?? .max }
    let start = own()
    while own() < start + ticks {}
  }

  @Test func `a worker process is started with the worker command`() throws {
    let folder = try TemporaryFolder()
    let pool = try pool(folder, "echo $1 >&2")
    try pool.start(0)
    _ = events(pool)
    #expect(String(decoding: try FileContents.read(pool.log(of: 0)), as: UTF8.self) == "worker\n")
  }

  @Test func `a missing program is an error`() throws {
    let folder = try TemporaryFolder()
    let pool = ProcessPool(
      program: folder.file("nothing"), logFolder: folder.path, options: [])
    #expect(throws: RunnerError.cannotStartWorker(program: folder.file("nothing"), code: ENOENT)) {
      try pool.start(0)
    }
  }
}
