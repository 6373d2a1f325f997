import Durable
import Glibc
import TestSupport
import Testing

@testable import Datasets

@Suite struct DigestMemoryTests {
  private let folder: TemporaryFolder
  private let memory: DigestMemory

  init() throws {
    folder = try TemporaryFolder()
    memory = .ofFiles(cache: folder.path)
  }

  private static func digest(_ letter: Character) -> String {
    String(repeating: letter, count: 64)
  }

  @Test func `digests are remembered`() throws {
    try memory.record([("one", Self.digest("a"))])
    try memory.record([("one more", Self.digest("b"))])
    #expect(try memory.digest(of: "one") == Self.digest("a"))
    try memory.record([("one", Self.digest("c"))])
    #expect(try memory.digest(of: "one") == Self.digest("c"))
    #expect(try memory.digest(of: "one more") == Self.digest("b"))
    #expect(try memory.digest(of: "two") == nil)
  }

  @Test func `the oldest digests are forgotten first`() throws {
    let many = (0..<300).map { (key: "file \($0)", digest: Self.digest("d")) }
    try memory.record(Array(many.prefix(200)))
    try memory.record(Array(many.suffix(100)))
    #expect(try memory.digest(of: "file 0") == nil)
    #expect(try memory.digest(of: "file 299") != nil)
    #expect(try FileContents.read(folder.file("digests")).filter { $0 == 10 }.count == 256)
    let first = DigestMemory.ofFirstUse(cache: folder.path)
    try first.record(many)
    #expect(try first.digest(of: "file 0") != nil)
  }

  @Test func `the digest of a first use stays, whoever comes later`() throws {
    let first = DigestMemory.ofFirstUse(cache: folder.file("new"))
    #expect(try first.first(of: "file", otherwise: Self.digest("a")) == Self.digest("a"))
    #expect(try first.first(of: "file", otherwise: Self.digest("b")) == Self.digest("a"))
  }

  @Test func `processes that record at the same time lose nothing`() async throws {
    let first = DigestMemory.ofFirstUse(cache: folder.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask { try first.record([("file \(number)", Self.digest("d"))]) }
      }
      try await group.waitForAll()
    }
    for number in 0..<20 { #expect(try first.digest(of: "file \(number)") != nil, "\(number)") }
  }

  @Test func `a damaged memory of digests counts as empty`() throws {
    for bytes in [[], [0xFF, 0xFE, 10], Array("nonsense\n1 2 3\n".utf8)] as [[UInt8]] {
      try folder.write(bytes, "digests")
      #expect(try memory.digest(of: "one") == nil)
      try memory.record([("one", Self.digest("a"))])
      #expect(try memory.digest(of: "one") != nil)
    }
  }

  @Test func `a memory that cannot be kept or read is an error`() throws {
    try folder.write("", "file")
    let none = DigestMemory.ofFirstUse(cache: folder.file("file/below"))
    #expect(throws: FileError.self) { try none.record([("one", Self.digest("a"))]) }
    #expect(throws: FileError.self) { try none.first(of: "one", otherwise: Self.digest("a")) }
    #expect(try none.digest(of: "one") == nil)
    let loop = folder.file("first-use")
    #expect(symlink(loop, loop) == 0)
    let unreadable = DigestMemory.ofFirstUse(cache: folder.path)
    #expect(throws: FileError.self) { try unreadable.digest(of: "one") }
  }

  @Test func `a file that is changed with its time kept has another key`() throws {
    let path = try folder.write("one", "file")
    let identity = try #require(FileContents.identity(of: path))
    let key = DigestMemory.key(of: path)
    try folder.write("two", "file")
    Self.setTime(of: path, identity)
    #expect(FileContents.identity(of: path)?.modifiedNanoseconds == identity.modifiedNanoseconds)
    #expect(DigestMemory.key(of: path) != key)
  }

  @Test func `a folder has the key of all its files`() throws {
    let path = try folder.write("one", "a/b/file")
    let key = DigestMemory.key(of: folder.file("a"))
    #expect(DigestMemory.key(of: folder.file("a")) == key)
    try folder.write("two!", "a/b/file")
    let changed = DigestMemory.key(of: folder.file("a"))
    #expect(changed != key)
    try Folder.removeFile(path)
    #expect(DigestMemory.key(of: folder.file("a")) != changed)
    #expect(DigestMemory.key(of: folder.file("none")) == nil)
  }

  /// Gives a file the time of writing that it had.
  static func setTime(of path: String, _ identity: FileIdentity) {
    var times = [timespec(), timespec()]
    // UTIME_OMIT, which Swift does not see: the time of reading stays.
    times[0].tv_nsec = (1 << 30) - 2
    times[1] = timespec(
      tv_sec: identity.modifiedSeconds, tv_nsec: identity.modifiedNanoseconds)
    utimensat(AT_FDCWD, path, times, 0)
  }
}
