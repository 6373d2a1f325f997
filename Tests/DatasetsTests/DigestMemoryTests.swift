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

  @Test func `digests are remembered`() {
    memory.record([("one", Self.digest("a"))])
    memory.record([("one more", Self.digest("b"))])
    #expect(memory.digest(of: "one") == Self.digest("a"))
    memory.record([("one", Self.digest("c"))])
    #expect(memory.digest(of: "one") == Self.digest("c"))
    #expect(memory.digest(of: "one more") == Self.digest("b"))
    #expect(memory.digest(of: "two") == nil)
  }

  @Test func `the oldest digests are forgotten first`() throws {
    let many = (0..<300).map { (key: "file \($0)", digest: Self.digest("d")) }
    memory.record(Array(many.prefix(200)))
    memory.record(Array(many.suffix(100)))
    #expect(memory.digest(of: "file 0") == nil)
    #expect(memory.digest(of: "file 299") != nil)
    #expect(try FileContents.read(folder.file("digests")).filter { $0 == 10 }.count == 256)
    let first = DigestMemory.ofFirstUse(cache: folder.path)
    first.record(many)
    #expect(first.digest(of: "file 0") != nil)
  }

  @Test func `a damaged memory of digests counts as empty`() throws {
    for bytes in [[], [0xFF, 0xFE, 10], Array("nonsense\n1 2 3\n".utf8)] as [[UInt8]] {
      try folder.write(bytes, "digests")
      #expect(memory.digest(of: "one") == nil)
      memory.record([("one", Self.digest("a"))])
      #expect(memory.digest(of: "one") != nil)
    }
  }

  @Test func `a folder that cannot be made is no error`() throws {
    try folder.write("", "file")
    let none = DigestMemory.ofFiles(cache: folder.file("file/below"))
    none.record([("one", Self.digest("a"))])
    #expect(none.digest(of: "one") == nil)
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
