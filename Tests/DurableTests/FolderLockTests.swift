import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct FolderLockTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `only one process holds the lock`() throws {
    let path = folder.file("lock")
    do {
      let lock = try FolderLock(path)
      #expect(lock != nil)
      #expect(try FolderLock(path) == nil)
      #expect(FolderLock.holder(path)?.hasSuffix(" \(getpid())") == true)
      withExtendedLifetime(lock) {}
    }
    #expect(try FolderLock(path) != nil)
  }

  @Test func `the lock ends with its process`() async throws {
    let path = folder.file("lock")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try FolderLock(path)
      withExtendedLifetime(lock) { _ = kill(getpid(), SIGKILL) }
    }
    #expect(FolderLock.holder(path) != nil)
    #expect(try FolderLock(path) != nil)
  }

  @Test func `a folder that cannot be written is an error`() throws {
    #expect(throws: FileError.self) { try FolderLock(folder.file("none/lock")) }
    #expect(FolderLock.holder(folder.file("none/lock")) == nil)
  }
}
