import Model
import Testing

@testable import Datasets

@Suite struct PixelScalingTests {
  @Test func scalesTheImagesAskedFor() {
    let pixels = (0..<30).map { UInt8($0 * 8) }
    let labels: [UInt8] = [7, 8, 9]
    pixels.withUnsafeBufferPointer { pixels in
      labels.withUnsafeBufferPointer { labels in
        let set = ImageSet(
          shape: FeatureShape(height: 2, width: 5, channels: 1), pixels: pixels, labels: labels)
        var output = [Float](repeating: -1, count: 31)
        var classes = [Int32](repeating: -1, count: 4)
        ([2, 0, 2] as [Int32]).withUnsafeBufferPointer { indices in
          PixelScaling(scale: 1.0 / 256).fill(&output, set, indices)
          PixelScaling(scale: 1.0 / 256).fillLabels(&classes, set, indices)
        }
        let images = [20..<30, 0..<10, 20..<30].flatMap { $0 }
        #expect(output == images.map { Float($0 * 8) / 256 } + [-1])
        #expect(classes == [9, 7, 9, -1])
      }
    }
  }
}
