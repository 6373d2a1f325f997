import Model

extension AutoAugment: ImageTransform {
  func apply(to image: WorkingImage, _ draw: SIMD4<UInt32>) {
    let (first, second) = Self.policy[RandomBits.below(Self.policy.count, draw[0])]
    apply(first, to: image, chance: draw[1], isNegative: draw[3] & 1 != 0)
    apply(second, to: image, chance: draw[2], isNegative: draw[3] & 2 != 0)
  }

  private func apply(
    _ step: Step, to image: WorkingImage, chance: UInt32, isNegative: Bool
  ) {
    guard chance < RandomBits.threshold(step.probability) else { return }
    apply(step.operation, level: step.level, isNegative: isNegative, to: image)
  }

  /// One operation of the policy at a level from 0 to 9.
  func apply(
    _ operation: Operation, level: Int, isNegative: Bool, to image: WorkingImage
  ) {
    let sign: Double = isNegative ? -1 : 1
    let isTenths = ranges == .tenths
    let t = Double(level) / (isTenths ? 10 : 9)
    let outside = isTenths ? WorkingImage.Outside.void : .value(128)
    func shift(_ side: Int) -> Double {
      // Whole levels are whole pixels; level · 10 / 10 is exact where t · 10 need not be.
      sign * (isTenths ? Double(level) : t * 150 / 331 * Double(side))
    }
    let factor = Float(isTenths ? 0.1 + 1.8 * t : 1 + sign * 0.9 * t)
    switch operation {
    case .shearY: image.shearRows(slope: sign * 0.3 * t, outside)
    case .translateX: image.translate(down: 0, right: shift(image.width), outside)
    case .translateY: image.translate(down: shift(image.height), right: 0, outside)
    case .rotate:
      image.rotate(degrees: sign * (isTenths ? Double(level * 3) : 30 * t), outside)
    case .color: image.adjustColour(factor)
    case .contrast: image.adjustContrast(factor)
    case .brightness: image.adjustBrightness(factor)
    case .sharpness: image.adjustSharpness(factor)
    case .posterize:
      image.posterize(bits: isTenths ? 4 - level * 4 / 10 : Int((8 - 4 * t).rounded()))
    case .solarize:
      image.solarize(threshold: isTenths ? Double(256 - level * 256 / 10) : 256 * (1 - t))
    case .autoContrast: image.stretchContrast()
    case .equalize: image.equalize()
    case .invert: image.invert()
    }
  }
}
