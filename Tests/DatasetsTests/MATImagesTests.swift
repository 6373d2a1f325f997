import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct MATImagesTests {
  private func read(_ bytes: [UInt8], count: Int? = nil) throws(DatasetError) -> ImageStore {
    let store = ImageStore()
    try MemoryFile(bytes).read { (source) throws(DatasetError) in
      try MATImages(classes: 10, shape: nil).read(source, into: store, count: count)
    }
    return store
  }

  @Test(arguments: MATReaderTests.Order.all)
  func `images are upright`(order: MATReaderTests.Order) throws {
    let (height, width, count) = (2, 3, 37)
    // X(row, column, channel, image), the row fastest.
    let pixels = (0..<(height * width * 3 * count)).map { UInt8(truncatingIfNeeded: $0) }
    let mat = order.mat
    let labels = (0..<count).map { UInt8($0 % 10 + 1) }
    let store = try read(
      mat.file([
        mat.array("y", [count, 1], kind: 6, labels), mat.array("other", [1, 1], [1]),
        mat.array("X", [height, width, 3, count], pixels),
      ]))
    #expect(store.shape == FeatureShape(height: 2, width: 3, channels: 3))
    #expect(store.labels == labels.map { $0 == 10 ? 0 : $0 })
    for image in [0, 1, 36] {
      for row in 0..<height {
        for column in 0..<width {
          for channel in 0..<3 {
            let place = ((image * height + row) * width + column) * 3 + channel
            let source = ((image * 3 + channel) * width + column) * height + row
            #expect(store.pixels[place] == pixels[source])
          }
        }
      }
    }
  }

  @Test func `a MAT file unlike SVHN's is named`() {
    let mat = MAT()
    func failure(_ arrays: [[UInt8]], count: Int? = nil) -> String? {
      do throws(DatasetError) {
        _ = try read(mat.file(arrays), count: count)
        return nil
      } catch { return error.problem }
    }
    let x = mat.array("X", [1, 1, 3, 2], [1, 2, 3, 4, 5, 6])
    let y = mat.array("y", [2, 1], [1, 10])
    #expect(failure([x, y]) == nil)
    #expect(failure([x]) == "no array called y (the labels)")
    #expect(failure([y]) == "no array called X (the images)")
    #expect(failure([x, mat.array("y", [1, 1], [1])]) == "1 labels in y for 2 images in X")
    #expect(
      failure([x, mat.array("y", [2, 1], [1, 0])]) == "label 0 of image 2 in y, expected 1 to 10")
    #expect(failure([x, y], count: 3)?.contains("X holds 2 images") == true)
    #expect(
      failure([mat.array("X", [2, 3], Array(0..<6)), y])?.hasPrefix("X is uint8 2×3") == true)
  }

  @Test func `random changes never crash the reader`() {
    let files = MATReaderTests.Order.all.map { $0.mat.digits(2, side: 2) }
    var mutator = Mutator(seed: 14)
    for attempt in 0..<Mutator.attempts {
      if let store = try? read(mutator.mutate(files[attempt % 4])) {
        #expect(store.labels.count * (store.shape?.count ?? 0) == store.pixels.count)
      }
    }
  }
}
