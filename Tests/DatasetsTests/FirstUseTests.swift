import Durable
import TestSupport
import Testing

@testable import Datasets

@Suite struct FirstUseTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `the first contents are kept`() throws {
    let memory = FirstUse(folder: folder.file("cache"))
    try memory.check("set/one", "aa", file: "one")
    try memory.check("set/one2", "bb", file: "one2")
    try memory.check("set/one", "aa", file: "one")
    let error = #expect(throws: DatasetError.self) {
      try memory.check("set/one", "cc", file: "one")
    }
    #expect(error?.kind == .corrupt)
    #expect(error?.advice?.contains("remove the line \"set/one\"") == true)
    #expect(try FileContents.read(folder.file("cache/first-use")).filter { $0 == 10 }.count == 2)
  }
}
