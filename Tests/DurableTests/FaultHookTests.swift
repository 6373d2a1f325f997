import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct FaultHookTests {
  @Test func `faults are read`() {
    #expect(FaultHook.Fault("rename:3:EIO") == .init(.rename, turn: 3, .error(EIO)))
    #expect(FaultHook.Fault("any:17:kill") == .init(nil, turn: 17, .kill))
    #expect(FaultHook.Fault("write:1:torn") == .init(.write, turn: 1, .torn))
    #expect(FaultHook.Fault("write:2:short") == .init(.write, turn: 2, .short))
  }

  @Test(arguments: [
    "", "rename", "rename:0:EIO", "rename:x:EIO", "move:1:EIO", "rename:1:EFOO", "a:1:kill:",
  ])
  func `malformed faults are refused`(text: String) { #expect(FaultHook.Fault(text) == nil) }

  @Test func `a mistyped fault is an error of usage that shows it`() {
    let error = #expect(throws: FaultHook.InvalidFault.self) { try FaultHook.arm("rename:1:EFOO") }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("\"rename:1:EFOO\"") == true)
  }

  @Test func `the nth operation is hit and only below its folder`() throws {
    let folder = try TemporaryFolder()
    let other = try TemporaryFolder()
    let (failed, seen) = FaultHook.during(.init(.create, turn: 2, .error(EIO)), under: folder.path)
    {
      (0..<4).map { number in
        try? Folder.create(other.file("\(number)"))
        return (try? Folder.create(folder.file("\(number)"))) == nil
      }
    }
    #expect(failed == [false, true, false, false])
    #expect(seen == 4)
    #expect(try Folder.entries(other.path).count == 4)
  }

  @Test func `every environment fault hits`() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .exitCode(ENOSPC)) { [path = folder.path as String] in
      try FaultHook.arm("any:2:EIO,create:1:ENOSPC")
      do { try Folder.create(path + "/new") } catch let error as FileError { exit(error.code) }
    }
  }
}
