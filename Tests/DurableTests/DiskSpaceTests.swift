import TestSupport
import Testing

@testable import Durable

@Suite struct DiskSpaceTests {
  @Test func `a folder that is not there yet is on its parents disk`() throws {
    let folder = try TemporaryFolder()
    let free = try #require(DiskSpace.free(at: folder.file("not/there/yet")))
    #expect(free > 0)
    #expect(DiskSpace.free(at: "/proc/self/fd") == 0)
  }
}
