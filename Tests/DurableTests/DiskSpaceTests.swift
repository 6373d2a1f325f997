import TestSupport
import Testing

@testable import Durable

@Suite struct DiskSpaceTests {
  @Test func `a folder that does not exist yet is on its parent's disk`() throws {
    let folder = try TemporaryFolder()
    let free = try #require(DiskSpace.free(at: folder.file("not/there/yet")))
    #expect(free > 0)
    #expect(DiskSpace.free(at: "/proc/self/fd") == 0)
  }
}
