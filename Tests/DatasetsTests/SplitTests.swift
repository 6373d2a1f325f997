import Testing

@testable import Datasets

@Suite struct SplitTests {
  @Test(arguments: [1, 2, 77] as [UInt32])
  func `subsets are nested and miss the validation images`(seed: UInt32) throws {
    let whole = try Split(trainingCount: 2000, validation: 1000, size: nil, seed: seed, trial: nil)
    #expect(Set(whole.training).union(whole.validation) == Set(0..<2000))
    #expect(whole.training.count == 1000)
    #expect(whole.validation.count == 1000)
    for size in [1, 10, 500, 1000] {
      let part = try Split(
        trainingCount: 2000, validation: 1000, size: size, seed: seed, trial: nil)
      #expect(part.training == Array(whole.training.prefix(size)))
      #expect(part.validation == whole.validation)
    }
  }

  @Test func `two seeds give two splits`() throws {
    let one = try Split(trainingCount: 100, validation: 10, size: nil, seed: 1, trial: nil)
    #expect(try one != Split(trainingCount: 100, validation: 10, size: nil, seed: 2, trial: nil))
    #expect(try one == Split(trainingCount: 100, validation: 10, size: nil, seed: 1, trial: nil))
  }

  @Test func `without validation images all are trained on`() throws {
    let split = try Split(trainingCount: 50, validation: 0, size: nil, seed: 1, trial: nil)
    #expect(split.training.sorted() == Array(0..<50))
    #expect(split.validation == [])
  }

  @Test(arguments: [(10, nil), (11, nil), (-1, nil), (5, 6), (5, 0), (5, -1)] as [(Int, Int?)])
  func `more images than there are is an error`(validation: Int, size: Int?) {
    let error = #expect(throws: DatasetError.self) {
      try Split(trainingCount: 10, validation: validation, size: size, seed: 1, trial: nil)
    }
    #expect(error?.kind == .usage)
  }

  @Test func `each trial may have a subset of its own, and all have the same validation images`()
    throws
  {
    func split(_ trial: UInt32?, size: Int?) throws -> Split {
      try Split(trainingCount: 200, validation: 50, size: size, seed: 3, trial: trial)
    }
    let shared = try split(nil, size: 20)
    let (one, two) = (try split(1, size: 20), try split(2, size: 20))
    #expect(one.validation == shared.validation && two.validation == shared.validation)
    #expect(Set([shared.training, one.training, two.training]).count == 3)
    #expect(Set(one.training).count == 20)
    #expect(Set(one.training).isDisjoint(with: one.validation))
    // Within a trial subsets are nested.
    #expect(try split(1, size: 5).training == Array(one.training.prefix(5)))
    // Without a size the trials have the same images in other orders.
    #expect(try Set(split(1, size: nil).training) == Set(split(nil, size: nil).training))
  }
}
