import Model
import Testing

@testable import Datasets

@Suite struct ImageTransformTests {
  private let shape = FeatureShape(height: 4, width: 5, channels: 1)

  private func image(_ shape: FeatureShape? = nil) -> WorkingImage {
    let image = WorkingImage(shape ?? self.shape)
    let pixels = (0..<image.pixels.count).map { UInt8($0 + 1) }
    image.load(pixels.span)
    return image
  }

  /// Many draws, the extremes among them.
  private var draws: [SIMD4<UInt32>] {
    let stream = RandomRoot(seed: 3, trial: 1).stream(.augmentation, "test")
    let ends: [SIMD4<UInt32>] = [.zero, SIMD4(repeating: .max)]
    return ends + (0..<4000).map { stream.block(position: UInt64($0), index: 0) }
  }

  @Test(arguments: Fill.allCases)
  func `crops are windows of the padded image`(fill: Fill) {
    var seen: [SIMD2<Int>: Int] = [:]
    for draw in draws {
      let image = image()
      PadCrop(pad: 2, fill: fill).apply(to: image, draw)
      let down = Int((UInt64(draw[0]) * 5) >> 32) - 2
      let right = Int((UInt64(draw[1]) * 5) >> 32) - 2
      seen[SIMD2(down, right), default: 0] += 1
      for row in 0..<4 {
        for column in 0..<5 {
          let (r, c) = (row + down, column + right)
          let isInside = (0..<4).contains(r) && (0..<5).contains(c)
          let expected: UInt8
          switch fill {
          case .zero, .mean: expected = isInside ? UInt8(r * 5 + c + 1) : 0
          case .reflect:
            let rows = [2, 1, 0, 1, 2, 3, 2, 1]
            let columns = [2, 1, 0, 1, 2, 3, 4, 3, 2]
            expected = UInt8(rows[r + 2] * 5 + columns[c + 2] + 1)
          }
          #expect(image.pixels[row * 5 + column] == expected)
          #expect((image.voids[row * 5 + column] != 0) == (fill == .mean && !isInside))
        }
      }
    }
    // All 25 windows, none much rarer than the others (160 each on average).
    #expect(seen.count == 25)
    #expect(seen.values.allSatisfy { (100..<230).contains($0) })
  }

  @Test func `flips exchange left and right`() {
    var flipped = 0
    for draw in draws {
      let image = image()
      Flip().apply(to: image, draw)
      let isFlipped = image.pixels[0] == 5
      flipped += isFlipped ? 1 : 0
      let row = isFlipped ? [5, 4, 3, 2, 1] : [1, 2, 3, 4, 5]
      #expect(Array(image.pixels) == (0..<4).flatMap { r in row.map { UInt8(r * 5 + $0) } })
    }
    // Five standard deviations of 4,000 coins.
    #expect(abs(flipped - 2001) < 158)
  }

  @Test func `cutout is clipped at the border`() {
    let shape = FeatureShape(height: 8, width: 8, channels: 3)
    var smallest = 64
    var centres: Set<Int> = []
    for draw in draws {
      let image = image(shape)
      Cutout(size: 4).apply(to: image, draw)
      let (row, column) = (Int((UInt64(draw[0]) * 8) >> 32), Int((UInt64(draw[1]) * 8) >> 32))
      centres.insert(row * 8 + column)
      for r in 0..<8 {
        for c in 0..<8 {
          let isCut = (row - 2..<row + 2).contains(r) && (column - 2..<column + 2).contains(c)
          #expect((image.voids[r * 8 + c] != 0) == isCut)
        }
      }
      smallest = min(smallest, image.voids.count { $0 != 0 })
    }
    #expect(centres.count == 64)
    // At most three quarters lie outside.
    #expect(smallest == 4)
  }

  @Test func `brightness is clipped`() {
    for draw in draws {
      let image = image(FeatureShape(height: 10, width: 25, channels: 1))
      Brightness(most: 0.5).apply(to: image, draw)
      let factor = 0.5 + Double(draw[0] >> 8) * 0x1p-24
      for place in [0, 100, 249] {
        let expected = min(255, (Double(place + 1) * factor).rounded())
        #expect(abs(Double(image.pixels[place]) - expected) <= 1)
      }
    }
  }

  @Test func `rotation by quarters is exact`() {
    let image = image(FeatureShape(height: 3, width: 3, channels: 1))
    image.rotate(degrees: 90, .value(0))
    #expect(Array(image.pixels) == [3, 6, 9, 2, 5, 8, 1, 4, 7])
    image.rotate(degrees: -180, .value(0))
    #expect(Array(image.pixels) == [7, 4, 1, 8, 5, 2, 9, 6, 3])
    image.rotate(degrees: 45, .void)
    #expect(image.pixels[4] == 5)
  }

  @Test func `no angle loses the image`() {
    for draw in draws.prefix(300) {
      for fill in Fill.allCases {
        let image = image()
        Rotation(degrees: 180, fill: fill).apply(to: image, draw)
        #expect(image.pixels.contains { $0 != 0 })
        #expect(fill == .mean || !image.hasVoids)
      }
    }
  }

  @Test func `mirrored padding has no seam`() {
    #expect(
      (-6...9).map { WorkingImage.mirrored($0, 4) } == [
        0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3,
      ])
    #expect((-2...2).map { WorkingImage.mirrored($0, 1) } == [0, 0, 0, 0, 0])
  }
}
