import Model
import Testing

@testable import Datasets

@Suite struct PixelNormalizationTests {
  private struct Images {
    let set: ImageSet

    init(_ shape: FeatureShape, _ pixels: [UInt8], labels: [UInt8]) {
      set = ImageSet(shape: shape, pixels: pixels, labels: labels)
    }
  }

  private func fill(
    _ normalization: PixelNormalization, _ images: Images, _ indices: [Int32]
  ) -> [Float] {
    var output = [Float](repeating: -99, count: indices.count * images.set.shape.count + 1)
    indices.withUnsafeBufferPointer { normalization.fill(&output, images.set, $0) }
    #expect(output.last == -99)
    return output.dropLast()
  }

  private let grey = Images(
    FeatureShape(height: 2, width: 5, channels: 1), (0..<30).map { UInt8($0 * 8) },
    labels: [7, 8, 9])
  private let colour = Images(
    FeatureShape(height: 1, width: 2, channels: 3), (0..<24).map { UInt8($0 * $0 % 251) },
    labels: [0, 1, 2, 3])

  private func spec(_ normalization: NormalizationSpec, scale: Double) -> DatasetSpec {
    DatasetSpec(name: "own", validation: 0, scale: scale, normalization: normalization)
  }

  @Test func `scales the images asked for`() {
    let images = [20..<30, 0..<10, 20..<30].flatMap { $0 }
    let scaling = PixelNormalization(scale: 1.0 / 256)
    #expect(fill(scaling, grey, [2, 0, 2]) == images.map { Float($0 * 8) / 256 })
    var classes = [Int32](repeating: -1, count: 4)
    ([2, 0, 2] as [Int32]).withUnsafeBufferPointer {
      PixelNormalization.fillLabels(&classes, grey.set, $0)
    }
    #expect(classes == [9, 7, 9, -1])
  }

  @Test func `constants stand for their channels`() {
    let normalization = PixelNormalization(
      spec(
        NormalizationSpec(mean: .constants([1, 2, 3]), std: .constants([2, 4, 5])), scale: 0.5),
      training: colour.set, subset: [0])
    let output = fill(normalization, colour, [3])
    for (place, value) in output.enumerated() {
      let pixel = Double(colour.set.pixelBytes[18 + place])
      let expected = (pixel * 0.5 - [1, 2, 3][place % 3]) / [2, 4, 5][place % 3]
      #expect(abs(Double(value) - expected) < 1e-5)
    }
  }

  @Test(arguments: NormalizationSpec.Preset.allCases)
  func `presets do not depend on the scale`(preset: NormalizationSpec.Preset) {
    let outputs = [1, 1.0 / 255].map { scale in
      fill(
        PixelNormalization(
          spec(NormalizationSpec(preset), scale: scale), training: colour.set, subset: [0]),
        colour, [1])
    }
    #expect(outputs[0] == outputs[1])
    let (mean, std) = preset.constants
    let expected = (Double(colour.set.pixelBytes[6]) - mean[0]) / std[0]
    #expect(abs(Double(outputs[0][0]) - expected) < 1e-5)
  }

  @Test func `statistics are those of the subset alone`() {
    for source in [NormalizationSpec.Source.pixel, .channel] {
      let normalization = PixelNormalization(
        spec(NormalizationSpec(mean: source, std: source), scale: 1.0 / 255),
        training: colour.set, subset: [0, 2, 3])
      let output = fill(normalization, colour, [0, 2, 3]).map { Double($0) }
      let places = source == .pixel ? 6 : 3
      for place in 0..<places {
        let values = stride(from: place, to: output.count, by: places).map { output[$0] }
        let mean = values.reduce(0, +) / Double(values.count)
        let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(mean) < 1e-5)
        #expect(abs(spread - 1) < 1e-5 || spread == 0)
      }
    }
  }

  @Test func `a pixel that never varies is not divided by nothing`() {
    let images = Images(
      FeatureShape(height: 1, width: 1, channels: 1), [5, 5, 5], labels: [0, 0, 0])
    let normalization = PixelNormalization(
      spec(NormalizationSpec(mean: .pixel, std: .pixel), scale: 1), training: images.set,
      subset: [0, 1, 2])
    #expect(fill(normalization, images, [0, 1]) == [0, 0])
  }
}
