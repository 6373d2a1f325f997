import Testing

@testable import Study

@Suite struct KeepWeightsTests {
  private func cells(_ setting: String) throws -> (study: StudySpec, cells: [Cell]) {
    let text = StudyFixture.small(("\"study\": \"small\"", "\"study\": \"small\"\(setting)"))
    let study = try StudyFixture.load(text).printingErrors()
    return (study, study.upperBound.map(\.example))
  }

  @Test func `final runs are kept if the config says so`() throws {
    let (study, cells) = try cells(", \"keepWeights\": \"final\"")
    #expect(Set(cells.map { $0.stage == .final }) == [true, false])
    #expect(cells.allSatisfy { study.keepsWeights(of: $0) == ($0.stage == .final) })
  }

  @Test(arguments: ["", ", \"keepWeights\": \"measured\"", ", \"keepWeights\": \"none\""])
  func `without measurements no weights are kept`(setting: String) throws {
    let (study, cells) = try cells(setting)
    #expect(!cells.contains { study.keepsWeights(of: $0) })
  }

  @Test func `measured runs are kept unless the config says no`() throws {
    let (study, cells) = try cells(", \"measure\": [\"weightHistogram\"]")
    #expect(cells.allSatisfy { study.keepsWeights(of: $0) == ($0.stage == .final) })
    let (never, others) = try self.cells(
      ", \"measure\": [\"weightHistogram\"], \"keepWeights\": \"none\"")
    #expect(!others.contains { never.keepsWeights(of: $0) })
    let (empty, same) = try self.cells(", \"measure\": []")
    #expect(!same.contains { empty.keepsWeights(of: $0) })
  }

  @Test func `keepWeights changes no id`() throws {
    func ids(_ setting: String) throws -> [String] {
      try cells(setting).cells.map { $0.id(dataDigest: "d", weightsDigest: nil) }
    }
    #expect(try ids("") == ids(", \"keepWeights\": \"final\""))
  }
}
