import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct CIFARReaderTests {
  private func read(
    _ bytes: [UInt8], labelBytes: Int = 1, classes: Int = 10, side: Int = 32, count: Int? = nil
  ) throws(DatasetError) -> ImageStore {
    let store = ImageStore()
    try MemoryFile(bytes).read { (source) throws(DatasetError) in
      try CIFARReader(
        labelBytes: labelBytes, classes: classes,
        shape: FeatureShape(height: side, width: side, channels: 3)
      ).read(source, into: store, count: count)
    }
    return store
  }

  private func failure(_ bytes: [UInt8], count: Int? = nil) -> DatasetError? {
    do throws(DatasetError) {
      _ = try read(bytes, count: count)
      return nil
    } catch { return error }
  }

  @Test func `planes become pixels`() throws {
    let labels = (0..<150).map { [UInt8($0 % 10)] }
    let bytes = CIFAR.records(labels)
    let store = try read(bytes, count: 150)
    #expect(store.labels == labels.map { $0[0] })
    for image in [0, 63, 64, 149] {
      for place in [0, 1, 500, 1023] {
        for channel in 0..<3 {
          #expect(
            store.pixels[image * 3072 + place * 3 + channel]
              == bytes[image * 3073 + 1 + channel * 1024 + place])
        }
      }
    }
  }

  @Test func `fine labels are used`() throws {
    let store = try read(
      CIFAR.records([[19, 99], [0, 3]]), labelBytes: 2, classes: 100)
    #expect(store.labels == [99, 3])
  }

  @Test func `damage is reported with its offset`() {
    let bytes = CIFAR.records([[1], [2], [3]])
    #expect(failure(Array(bytes.dropLast()))?.offset == 2 * 3073)
    #expect(failure(bytes + [0])?.problem == "1 bytes of a record of 3073")
    #expect(failure(bytes, count: 2)?.problem.hasPrefix("more than the expected 2") == true)
    #expect(failure(bytes, count: 4)?.problem == "the file ends after 3 of 4 records")
    #expect(failure([])?.kind == .corrupt)
    var wrong = bytes
    wrong[3073] = 10
    #expect(failure(wrong)?.offset == 3073)
    #expect(failure(wrong)?.problem == "label 10, expected 0 to 9")
    #expect(failure(Array("<html>".utf8))?.problem.hasSuffix("found a web page (HTML)") == true)
    #expect(failure([0x1F, 0x8B, 8])?.problem.hasSuffix("found gzip") == true)
    #expect(failure([0x80, 2])?.problem.hasSuffix("found pickled Python") == true)
  }

  @Test func `random changes never crash the reader`() {
    let side = 3
    let whole = (0..<4).flatMap { [UInt8($0)] + (0..<27).map { UInt8($0 * 9) } }
    var mutator = Mutator(seed: 15)
    for _ in 0..<Mutator.attempts {
      let mutant = mutator.mutate(whole)
      if let store = try? read(mutant, side: side) {
        #expect(store.labels.count * 28 == mutant.count)
      }
    }
  }
}
