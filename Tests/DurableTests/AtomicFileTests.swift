import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `an error names the file that was to be written, not its draft`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", "taken")
    for target in ["taken/x.json", "no/such/folder/x.json"] {
      let path = folder.file(target)
      let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: path) }
      #expect(error?.path == path)
    }
  }

  @Test func `a file is written, and replaced by the next`() throws {
    let path = folder.file("a.txt")
    try AtomicFile.write("one", to: path)
    #expect(try FileContents.read(path) == Array("one".utf8))
    try AtomicFile.write([], to: path)
    #expect(try FileContents.read(path) == [])
    try Array("three".utf8).withUnsafeBytes { try AtomicFile.write($0, to: path) }
    #expect(try FileContents.read(path) == Array("three".utf8))
    #expect(try Folder.entries(folder.path) == ["a.txt"])
  }

  @Test func `pieces make one file`() throws {
    let path = folder.file("pieces")
    try AtomicFile.write(to: path) { sink in
      for byte in [UInt8](0..<200) { try withUnsafeBytes(of: byte) { try sink($0) } }
    }
    #expect(try FileContents.read(path) == Array(0..<200))
  }

  @Test func `a body that throws leaves the old file`() throws {
    struct Stop: Error {}
    let path = try folder.write("old", "kept")
    #expect(throws: Stop.self) {
      try AtomicFile.write(to: path) { sink in
        try withUnsafeBytes(of: 7) { try sink($0) }
        throw Stop()
      }
    }
    #expect(try FileContents.read(path) == Array("old".utf8))
    #expect(try Folder.entries(folder.path) == ["kept"])
  }

  @Test(arguments: [EIO, ENOSPC, EDQUOT])
  func `a fault anywhere leaves old or new`(code: Int32) throws {
    let path = folder.file("target")
    let hits = try FaultInjection.everywhere(
      .error(code), under: folder.path,
      prepare: { try AtomicFile.write("old", to: path) },
      work: { try AtomicFile.write("new and longer", to: path) },
      check: { attempt in
        let contents = String(decoding: try FileContents.read(path), as: UTF8.self)
        // Only the last operation, synchronising the folder, comes after the rename.
        #expect(contents == (attempt.turn == 5 ? "new and longer" : "old"))
        #expect(try Folder.entries(folder.path) == ["target"])
        let error = #expect(throws: FileError.self) { try attempt.outcome.get() }
        #expect(error?.code == code)
      })
    #expect(hits == 5, "open, write, fsync, rename, fsync of the folder")
  }

  @Test func `short writes and interruptions are carried on`() throws {
    let path = folder.file("target")
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    for effect in [FaultHook.Effect.short, .error(EINTR)] {
      let hits = try FaultInjection.everywhere(
        effect, .write, under: folder.path, prepare: { try Folder.removeFile(path) },
        work: { try AtomicFile.write(bytes, to: path) },
        check: { attempt in
          try attempt.outcome.get()
          #expect(try FileContents.read(path) == bytes)
        })
      #expect(hits >= 1)
    }
  }

  @Test(arguments: ["open:1", "write:1", "fsync:1", "rename:1", "fsync:2"], ["kill", "torn"])
  func `a process killed anywhere leaves old or new`(operation: String, effect: String) async throws
  {
    let path = try folder.write("old", "target")
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, fault = "\(operation):\(effect)" as String] in
      try FaultHook.arm(fault)
      try AtomicFile.write("new and longer", to: path)
    }
    let contents = String(decoding: try FileContents.read(path), as: UTF8.self)
    #expect(contents == (operation == "fsync:2" ? "new and longer" : "old"))
    // What the dead process left behind is known as such and goes.
    AtomicFile.removeStale(in: folder.path)
    #expect(try Folder.entries(folder.path) == ["target"])
  }

  @Test func `removing stale files spares those of living processes and of other programs`() throws
  {
    let living = TemporaryName(target: "x")
    var foreign = living
    foreign.place = String(repeating: "0", count: 16)
    foreign.process = 4_000_000
    for name in [
      living.text, foreign.text, ".partial", ".hidden~a~b~c.partial", ".x~h~1~2.partial",
    ] {
      try folder.write("", name)
    }
    AtomicFile.removeStale(in: folder.path)
    #expect(try Folder.entries(folder.path).count == 5)
  }

  @Test func `files of ended processes, and old ones of unknown processes, are removed`()
    throws
  {
    var gone = TemporaryName(target: "x")
    gone.process = 4_000_000
    var reused = TemporaryName(target: "x")
    reused.start = "1"
    var foreign = TemporaryName(target: "x")
    foreign.place = String(repeating: "0", count: 16)
    let old = [foreign.text, ".x~h~1~2.partial"]
    for name in [gone.text, reused.text] + old { try folder.write("", name) }
    for name in old {
      var times = [timespec(), timespec()]
      #expect(utimensat(AT_FDCWD, folder.file(name), &times, 0) == 0)
    }
    AtomicFile.removeStale(in: folder.path)
    #expect(try Folder.entries(folder.path) == [])
  }

  @Test func `names of temporary files differ and are read back`() {
    let names = (0..<100).map { _ in TemporaryName(target: "runs~1.csv") }
    #expect(Set(names.map(\.text)).count == 100)
    for name in names { #expect(TemporaryName(name.text) == name) }
  }

  @Test(arguments: ["x", "ä", "データ", "👨‍👩‍👧‍👦", "e\u{301}\u{302}\u{303}\u{304}\u{305}"])
  func `a file is written under the longest name that a file may have`(piece: String) throws {
    let name = String(repeating: piece, count: 255 / piece.utf8.count)
    let temporary = TemporaryName(target: name)
    #expect(temporary.text.utf8.count <= 255)
    #expect(TemporaryName(temporary.text) == temporary)
    try AtomicFile.write("text", to: folder.file(name))
    #expect(try Folder.entries(folder.path) == [name])
  }

  @Test func `a pipe or a folder of the name is not replaced`() throws {
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    try Folder.create(folder.file("folder"))
    for (name, code) in [("pipe", ENXIO), ("folder", EISDIR)] {
      let error = #expect(throws: FileError.self) {
        try AtomicFile.write("x", to: folder.file(name))
      }
      #expect(error?.code == code)
      #expect(error?.kind == .unwritable)
    }
    #expect(try Folder.entries(folder.path) == ["folder", "pipe"])
  }

  @Test func `a missing folder is an error with its path`() {
    let error = #expect(throws: FileError.self) {
      try AtomicFile.write("x", to: folder.file("no/such/file"))
    }
    #expect(error?.operation == .openForWriting)
    #expect(error?.kind == .unwritable)
    #expect(error?.code == ENOENT)
    #expect(error?.message.contains("no/such") == true)
  }
}
