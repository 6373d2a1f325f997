import Canonical
import Model
import Testing

@testable import Datasets

@Suite struct AutoAugmentTests {
  private var image: WorkingImage {
    let shape = FeatureShape(
      height: PillowReferences.height, width: PillowReferences.width, channels: 3)
    let image = WorkingImage(shape)
    let pixels = (0..<shape.count).map { place -> UInt8 in
      let value = (place * place * 7 + place / 3 * 11) % 200
      return UInt8(30 + value)
    }
    image.load(pixels.span)
    return image
  }

  private func apply(_ words: [Substring], to image: WorkingImage) {
    let number = words.count > 1 ? Double(words[1]) ?? 0 : 0
    let factor = Float(number)
    let grey = WorkingImage.Outside.value(128)
    switch words[0] {
    case "color": image.adjustColour(factor)
    case "contrast": image.adjustContrast(factor)
    case "brightness": image.adjustBrightness(factor)
    case "sharpness": image.adjustSharpness(factor)
    case "autocontrast": image.stretchContrast()
    case "equalize": image.equalize()
    case "posterize": image.posterize(bits: Int(number))
    case "solarize": image.solarize(threshold: number)
    case "invert": image.invert()
    case "rotate": image.rotate(degrees: number, grey)
    case "shear": image.shearRows(slope: number, grey)
    case "translate": image.translate(down: Double(words[2]) ?? 0, right: number, grey)
    default: Issue.record("\(words[0])")
    }
  }

  @Test(arguments: PillowReferences.results.map(\.name))
  func `operations are those of pillow`(name: String) throws {
    let expected = try #require(PillowReferences.results.first { $0.name == name }).pixels
    let image = image
    apply(name.split(separator: " "), to: image)
    #expect(HexText.of(Array(image.pixels)) == expected)
  }

  @Test func `the policy has 25 sub-policies`() {
    #expect(AutoAugment.policy.count == 25)
    let steps = AutoAugment.policy.flatMap { [$0.0, $0.1] }
    #expect(steps.allSatisfy { (0...1).contains($0.probability) && (0...9).contains($0.level) })
    #expect(steps.reduce(0) { $0 + $1.level } == 267)
    #expect(abs(steps.reduce(0) { $0 + $1.probability } - 26.5) < 1e-9)
  }

  @Test func `shifts leave void pixels where the image was moved away`() {
    for (ranges, isVoid) in [(AutoAugment.Ranges.tenths, true), (.ninths, false)] {
      let image = image
      AutoAugment(ranges: ranges).apply(.translateY, level: 3, isNegative: true, to: image)
      let rows = ranges == .tenths ? 3 : Int((3.0 / 9 * 150 / 331 * 8).rounded())
      for row in 0..<image.height {
        for column in 0..<image.width {
          let place = row * image.width + column
          #expect((image.voids[place] != 0) == (isVoid && row < rows))
          if row < rows { #expect(image.pixels[place * 3] == (isVoid ? 0 : 128)) }
        }
      }
    }
  }

  @Test func `looking up makes void pixels black ones`() {
    let image = image
    image.makeVoid(rows: 0..<8, columns: 0..<10)
    image.adjustBrightness(0.5)
    #expect(image.hasVoids)
    image.invert()
    #expect(!image.hasVoids)
  }

  @Test(arguments: AutoAugment.Ranges.allCases)
  func `every draw is possible on any image`(ranges: AutoAugment.Ranges) {
    let stream = RandomRoot(seed: 5, trial: 1).stream(.augmentation, "test")
    for shape in [
      FeatureShape(height: 32, width: 32, channels: 3),
      FeatureShape(height: 1, width: 1, channels: 1),
      FeatureShape(height: 3, width: 28, channels: 1),
    ] {
      let image = WorkingImage(shape)
      var changed = 0
      for number in 0..<500 {
        let pixels = (0..<shape.count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
        image.load(pixels.span)
        AutoAugment(ranges: ranges).apply(
          to: image, stream.block(position: UInt64(number), index: 0))
        changed += Array(image.pixels) == pixels ? 0 : 1
      }
      if shape.height == 32 { #expect(changed > 250) }
    }
  }
}
