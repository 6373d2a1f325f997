import Model
import Testing

@testable import Datasets

@Suite struct BatchOrderTests {
  private let images = Array(100..<110)

  /// The first `updates` batches.
  private func batches(
    _ lastBatch: TrainingSpec.LastBatch, batch: Int, updates: Range<Int>, trial: UInt32 = 1
  ) -> [[Int]] {
    var order = BatchOrder(
      images: images, batch: batch, lastBatch: lastBatch, root: RandomRoot(seed: 1, trial: trial))
    return updates.map { update in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: batch) { room in
        let count = order.fill(update: update, into: room)
        return room.prefix(count).map { Int($0) }
      }
    }
  }

  @Test(arguments: [1, 3, 4, 10, 25])
  func `wrapped batches are full and epochs complete`(batch: Int) {
    let all = batches(.wrap, batch: batch, updates: 0..<50)
    #expect(all.allSatisfy { $0.count == batch })
    let flat = all.flatMap { $0 }
    for epoch in 0..<(flat.count / 10) {
      #expect(flat[(epoch * 10)..<(epoch * 10 + 10)].sorted() == images)
    }
  }

  @Test(arguments: [1, 3, 4, 10, 25])
  func `kept batches end each epoch short`(batch: Int) {
    let perEpoch = (10 + batch - 1) / batch
    let all = batches(.keep, batch: batch, updates: 0..<(3 * perEpoch))
    for epoch in 0..<3 {
      let own = all[(epoch * perEpoch)..<((epoch + 1) * perEpoch)]
      #expect(own.flatMap { $0 }.sorted() == images)
      #expect(own.dropLast().allSatisfy { $0.count == batch })
    }
  }

  @Test func `other images are dropped in each epoch`() {
    let all = batches(.drop, batch: 4, updates: 0..<20)
    #expect(all.allSatisfy { $0.count == 4 })
    let left = (0..<10).map { Set(images).subtracting(all[2 * $0] + all[2 * $0 + 1]) }
    #expect(left.allSatisfy { $0.count == 2 })
    #expect(Set(left).count > 1)
  }

  @Test func `a batch larger than the set is the set`() {
    #expect(batches(.drop, batch: 25, updates: 0..<2).map { $0.sorted() } == [images, images])
  }

  @Test(arguments: TrainingSpec.LastBatch.allCases)
  func `any update can be asked for first`(lastBatch: TrainingSpec.LastBatch) {
    let all = batches(lastBatch, batch: 4, updates: 0..<30)
    for update in [29, 0, 13, 3] {
      #expect(batches(lastBatch, batch: 4, updates: update..<(update + 1)) == [all[update]])
    }
  }

  @Test func `epochs and trials differ`() {
    let all = batches(.keep, batch: 10, updates: 0..<2)
    #expect(all[0] != all[1])
    #expect(all != batches(.keep, batch: 10, updates: 0..<2, trial: 2))
  }
}
