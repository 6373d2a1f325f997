import Model
import Testing

@testable import Datasets

@Suite struct TrainingImagesTests {
  private let set: ImageSet
  private static let shape = FeatureShape(height: 6, width: 8, channels: 3)
  private static let count = 40

  init() {
    set = ImageSet(
      shape: Self.shape,
      pixels: (0..<(Self.count * Self.shape.count)).map {
        UInt8(truncatingIfNeeded: $0 &* 31 / 7 + 1)
      }, labels: (0..<Self.count).map { UInt8($0) })
  }

  private func fill(
    _ transforms: [any DataTransform], _ indices: [Int32], epoch: Int32 = 0, trial: UInt32 = 1,
    normalization: PixelNormalization = PixelNormalization(scale: 1)
  ) -> [[Float]] {
    let size = Self.shape.count
    let images = TrainingImages(
      set, normalization, transforms, root: RandomRoot(seed: 1, trial: trial))
    var output = [Float](repeating: -1, count: indices.count * size)
    let epochs = indices.map { _ in epoch }
    indices.withUnsafeBufferPointer { indices in
      epochs.withUnsafeBufferPointer { images.fill(&output, indices, epochs: $0) }
    }
    return indices.indices.map { Array(output[($0 * size)..<(($0 + 1) * size)]) }
  }

  private static let all: [any DataTransform] = [
    AutoAugment(), PadCrop(pad: 2, fill: .mean), Flip(), Rotation(degrees: 20, fill: .reflect),
    Brightness(most: 0.3), Cutout(size: 4), InputNoise(std: 0.5),
  ]

  @Test func `an augmented image depends on trial, epoch and index alone`() {
    let all = fill(Self.all, Array(0..<40), epoch: 3)
    // Another order, another batch, after other images.
    let some: [Int32] = [17, 3, 39, 3]
    #expect(fill(Self.all, some, epoch: 3) == some.map { all[Int($0)] })
    #expect(fill(Self.all, Array(0..<40), epoch: 4) != all)
    #expect(fill(Self.all, Array(0..<40), epoch: 3, trial: 2) != all)
  }

  @Test func `without transforms images are their pixels`() {
    #expect(fill([], [5])[0] == (0..<144).map { Float(set.pixelBytes[5 * 144 + $0]) })
  }

  @Test func `adding a transform leaves the draws of the others unchanged`() {
    let alone = fill([PadCrop(pad: 2)], Array(0..<40))
    let flipped = fill([PadCrop(pad: 2), Flip(probability: 1)], Array(0..<40))
    for (a, b) in zip(alone, flipped) {
      for row in 0..<6 {
        for column in 0..<8 {
          let (here, there) = ((row * 8 + column) * 3, (row * 8 + 7 - column) * 3)
          #expect(a[here..<(here + 3)] == b[there..<(there + 3)])
        }
      }
    }
  }

  @Test func `two transforms of one kind draw different numbers`() {
    let once = fill([Cutout(size: 2)], Array(0..<40))
    let twice = fill([Cutout(size: 2), Cutout(size: 2)], Array(0..<40))
    #expect(once != twice)
  }

  @Test func `void pixels become 0 after normalization`() {
    let normalization = PixelNormalization(
      DatasetSpec(
        name: "own", validation: 0, scale: 1,
        normalization: NormalizationSpec(mean: .constants([300, 300, 300]))),
      training: set, subset: [0])
    for image in fill([Cutout(size: 4)], Array(0..<40), normalization: normalization) {
      // Everything else is below -40.
      let void = image.count { $0 == 0 }
      #expect(void >= 2 * 2 * 3 && void <= 4 * 4 * 3)
      #expect(image.allSatisfy { $0 == 0 || $0 < -40 })
    }
  }

  @Test func `noise has its moments`() {
    let plain = fill([], Array(0..<40)).flatMap { $0 }
    let noisy = fill([InputNoise(std: 2)], Array(0..<40)).flatMap { $0 }
    let noise = zip(noisy, plain).map { Double($0 - $1) }
    let count = Double(noise.count)
    let mean = noise.reduce(0, +) / count
    let variance = noise.reduce(0) { $0 + $1 * $1 } / count
    let fourth = noise.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
    // Five standard errors of n = 5,760.
    #expect(abs(mean) < 5 * 2 / count.squareRoot())
    #expect(abs(variance / 4 - 1) < 5 * (2 / count).squareRoot())
    #expect(abs(fourth / 16 - 3) < 5 * (96 / count).squareRoot())
  }

  /// For linear regression, noise on the input adds std²·‖w‖² to the expected squared error.
  @Test func `noise on the input is ridge for linear regression`() {
    let std = 1.5
    let weights = (0..<Self.shape.count).map { 0.2 * Double($0 % 7 - 3) / 3 }
    func squaredError(_ image: [Float]) -> Double {
      let error = zip(weights, image).reduce(-100) { $0 + $1.0 * Double($1.1) }
      return error * error
    }
    let clean = squaredError(fill([], [3])[0])
    let epochs = 4_000
    var (sum, squares) = (0.0, 0.0)
    for epoch in 0..<Int32(epochs) {
      let gap = squaredError(fill([InputNoise(std: std)], [3], epoch: epoch)[0]) - clean
      sum += gap
      squares += gap * gap
    }
    let mean = sum / Double(epochs)
    let error = (squares / Double(epochs) - mean * mean).squareRoot() / Double(epochs).squareRoot()
    let expected = std * std * weights.reduce(0) { $0 + $1 * $1 }
    #expect(abs(mean - expected) < 4 * error)
    #expect(error < 100)
  }
}
