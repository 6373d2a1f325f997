import Testing

@testable import Datasets

@Suite struct SplitTests {
  @Test(arguments: [1, 2, 77] as [UInt32])
  func `subsets are nested and miss the validation images`(seed: UInt32) throws {
    let whole = try Split(trainingCount: 2000, validation: 1000, size: nil, seed: seed)
    #expect(Set(whole.training).union(whole.validation) == Set(0..<2000))
    #expect(whole.training.count == 1000)
    #expect(whole.validation.count == 1000)
    for size in [1, 10, 500, 1000] {
      let part = try Split(trainingCount: 2000, validation: 1000, size: size, seed: seed)
      #expect(part.training == Array(whole.training.prefix(size)))
      #expect(part.validation == whole.validation)
    }
  }

  @Test func `seeds differ`() throws {
    let one = try Split(trainingCount: 100, validation: 10, size: nil, seed: 1)
    #expect(try one != Split(trainingCount: 100, validation: 10, size: nil, seed: 2))
    #expect(try one == Split(trainingCount: 100, validation: 10, size: nil, seed: 1))
  }

  @Test func `without validation all are trained on`() throws {
    let split = try Split(trainingCount: 50, validation: 0, size: nil, seed: 1)
    #expect(split.training.sorted() == Array(0..<50))
    #expect(split.validation == [])
  }

  @Test(arguments: [(10, nil), (11, nil), (-1, nil), (5, 6), (5, 0), (5, -1)] as [(Int, Int?)])
  func `too much is an error`(validation: Int, size: Int?) {
    let error = #expect(throws: DatasetError.self) {
      try Split(trainingCount: 10, validation: validation, size: size, seed: 1)
    }
    #expect(error?.kind == .usage)
  }
}
