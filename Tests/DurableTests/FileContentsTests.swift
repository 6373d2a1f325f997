import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct FileContentsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [0, 1, 65_535, 65_536, 300_000])
  func `reads all bytes`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = try folder.write(bytes, "file")
    #expect(try FileContents.read(path) == bytes)
    let mapped = try MappedFile(path)
    #expect(withExtendedLifetime(mapped) { mapped.bytes.elementsEqual(bytes) })
    #expect(FileContents.identity(of: path)?.size == count)
  }

  @Test func `a file that cannot be read says why`() throws {
    #expect(throws: FileError(path: folder.path, operation: .read, code: EISDIR)) {
      try FileContents.read(folder.path)
    }
    let missing = folder.file("none")
    let error = #expect(throws: FileError.self) { try FileContents.read(missing) }
    #expect(error?.isMissing == true)
    #expect(error?.message == "\(missing): cannot open: No such file or directory")
    #expect(!FileContents.exists(missing))
  }

  @Test func `a file without a size is read to its end`() throws {
    // The kernel gives files in /proc the size 0.
    #expect(try FileContents.read("/proc/self/status").count > 100)
  }

  @Test func `a replaced file has another identity`() throws {
    let path = try folder.write("one", "file")
    let before = FileContents.identity(of: path)
    try folder.write("two", "file")
    #expect(FileContents.identity(of: path) != before)
  }
}
