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

  @Test func `digits stand in for MNIST, generated images for other data`() throws {
    let spec = SyntheticSpec(
      shape: FeatureShape(height: 28, width: 28, channels: 1), classes: 10, training: 2001, test: 5)
    func zeros(_ images: ImageSet) -> Double {
      Double(images.pixelBytes.filter { $0 == 0 }.count) / Double(images.pixelBytes.count)
    }
    let digits = try Dataset.standIn(spec, for: "mnist")
    #expect(digits.facts == spec.facts)
    #expect(digits.training.count == 2001)
    #expect(digits.test.count == 5)
    #expect(zeros(digits.training) > 0.75)
    // There are 2,000 of them, then they begin again.
    #expect(digits.training.pixelBytes.suffix(784) == digits.training.pixelBytes.prefix(784))
    let others = try Dataset.standIn(spec, for: "fashion-mnist")
    #expect(others.facts == spec.facts)
    #expect(zeros(others.training) < 0.1)
  }
}

func histogram(_ set: ImageSet) -> [Int] {
  set.labelBytes.reduce(into: Array(repeating: 0, count: 10)) { $0[Int($1)] += 1 }
}
