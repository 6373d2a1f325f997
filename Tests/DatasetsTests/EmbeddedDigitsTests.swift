import Glibc
import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct EmbeddedDigitsTests {
  @Test func `five hundred of each class in both parts`() throws {
    let dataset = try EmbeddedDigits.open()
    #expect(dataset.facts == KnownDataset.mnist5k.facts)
    #expect(dataset.training.count == 2_000)
    #expect(dataset.test.count == 3_000)
    let training = histogram(dataset.training)
    let test = histogram(dataset.test)
    #expect(zip(training, test).map { $0 + $1 } == Array(repeating: 500, count: 10))
    // The split is fixed: published figures of this data set depend on it.
    #expect(training == [205, 201, 207, 199, 188, 198, 196, 191, 208, 207])
    #expect(
      dataset.digest == "ef71798159174285a39f3fdb96c5f80a416645888445a9f91409a2ab39bc66d4")
    #expect(dataset.isVerified)
    #expect(dataset.origin == "embedded")
  }
}

func histogram(_ set: ImageSet) -> [Int] {
  set.labelBytes.reduce(into: Array(repeating: 0, count: 10)) { $0[Int($1)] += 1 }
}
