import Datasets
import Model
import Testing

@Suite struct BootstrapTests {
  private let images = Array(100..<1100)

  @Test func `about 63 % of the images are in a sample`() {
    let sample = Bootstrap.sample(images, root: RandomRoot(seed: 1, trial: 1), member: 0)
    #expect(sample.count == images.count)
    #expect(sample.allSatisfy { (100..<1100).contains($0) })
    #expect((590...675).contains(Set(sample).count))
  }

  @Test func `members have samples of their own, which repeat`() {
    func sample(_ member: Int) -> [Int] {
      Bootstrap.sample(images, root: RandomRoot(seed: 1, trial: 1), member: member)
    }
    #expect(sample(0) == sample(0))
    #expect(sample(0) != sample(1))
  }
}
