import Canonical
import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct OutputFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Everything that opens a file in place, by what it is.
  private static let openers: [(name: String, open: @Sendable (String) throws -> Void)] = [
    ("an append log", { _ = try AppendLog($0) }),
    ("a lock", { _ = try FolderLock($0) }),
    ("a log file", { close(try LogFile.open($0)) }),
    ("a download", { _ = try ResumableFile(String($0.dropLast(".part".count))) }),
  ]

  @Test(arguments: openers.indices)
  func `a symbolic link is refused and its target keeps its bytes`(index: Int) throws {
    let target = try folder.write("precious", "target")
    let link = folder.file("link.part")
    #expect(symlink(target, link) == 0)
    let error = #expect(throws: FileError.self) { try Self.openers[index].open(link) }
    #expect(error?.kind == .unwritable)
    #expect(error?.message == "\(link): cannot open: it is a symbolic link")
    #expect(try FileContents.read(target) == Array("precious".utf8))
  }

  @Test(arguments: openers.indices)
  func `a pipe is refused at once`(index: Int) throws {
    let pipe = folder.file("pipe.part")
    #expect(mkfifo(pipe, 0o600) == 0)
    let error = #expect(throws: FileError.self) { try Self.openers[index].open(pipe) }
    #expect(error?.message == "\(pipe): cannot open: it is not a file")
  }

  @Test func `a temporary file does not follow a link that replaces a result`() throws {
    let target = try folder.write("precious", "target")
    let link = folder.file("table.csv")
    #expect(symlink(target, link) == 0)
    try AtomicFile.write("new", to: link)
    #expect(try FileContents.read(target) == Array("precious".utf8))
    #expect(try FileContents.read(link) == Array("new".utf8))
  }

  @Test func `failures to write are of the kind unwritable and those to read are missing`() throws {
    for code in [ENOSPC, EDQUOT, EMFILE, ESTALE, EROFS, EFBIG] {
      for operation in FaultHook.Operation.allCases {
        let path = try folder.write("line", "journal.log")
        let (error, hits) = FaultHook.during(
          .init(operation, turn: 1, .error(code)), under: folder.path
        ) {
          #expect(throws: FileError.self) {
            _ = try AppendLog(path).append("x")
            try AtomicFile.write("x", to: folder.file("a"))
            try OutputFile(path, flags: O_RDWR).truncate(to: 0)
            try Folder.create(folder.file("b"))
            try Folder.remove(folder.file("b"))
          }
        }
        #expect(hits >= 1)
        #expect(error?.kind == .unwritable, "\(operation) \(code)")
        try? Folder.remove(folder.file("b"))
      }
    }
    let missing = #expect(throws: FileError.self) { try FileContents.read(folder.file("none")) }
    #expect(missing?.kind == .missing)
  }
}
