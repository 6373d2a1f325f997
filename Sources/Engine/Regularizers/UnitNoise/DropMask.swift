import Model

/// The masks of one site under Dropout, which Shakeout shares. Factors are r = 0 for a dropped unit and
/// 1/(1 − τ) for a kept one, formed once.
struct DropMask {
  /// The factor of a kept unit: 1/(1 − τ), or 1 where evaluation scales instead.
  let keptFactor: Float
  /// The mean of the factors, which stands for them in evaluation.
  let mean: Float
  /// Units of a sample.
  let units: Int
  let bits: KeptBits

  /// The masks of `units` units that are dropped with probability `drop`, for all samples of a
  /// network's capacity.
  /// - Parameter isInverted: whether kept units are divided by the probability of staying.
  init(
    drop: Double, units: Int, stream: RandomStream, context: LayerContext, isInverted: Bool
  ) {
    keptFactor = isInverted ? Float(1 / (1 - drop)) : 1
    mean = isInverted ? 1 : Float(1 - drop)
    self.units = units
    bits = KeptBits(keep: 1 - drop, units: units, stream: stream, context: context)
  }

  func draw(step: UInt64, samples: Range<Int>) { bits.draw(step: step, samples: samples) }

  /// y ← x∘r for one sample; x and y may be the same.
  func multiply(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, sample: Int) {
    let factor = keptFactor
    forEachVector(of: 0..<units, sample: sample) { unit, dropped in
      let product = (load(x + unit) * factor).replacing(with: 0, where: dropped)
      store(product, y + unit, column: unit, of: units)
    }
  }

  /// kept ← x∘r and excess ← x∘(r − 1) for one sample.
  func split(
    _ x: UnsafePointer<Float>, kept: UnsafeMutablePointer<Float>,
    excess: UnsafeMutablePointer<Float>, sample: Int
  ) {
    let factor = keptFactor
    forEachVector(of: 0..<units, sample: sample) { unit, dropped in
      let value = load(x + unit)
      let product = (value * factor).replacing(with: 0, where: dropped)
      store(product, kept + unit, column: unit, of: units)
      let rest = (value * (factor - 1)).replacing(with: -value, where: dropped)
      store(rest, excess + unit, column: unit, of: units)
    }
  }

  /// g ← r∘g + (r − 1)∘h for some units of one sample; g and h begin at the first of them, which
  /// must begin a group.
  func combine(
    _ g: UnsafeMutablePointer<Float>, _ h: UnsafePointer<Float>, units range: Range<Int>,
    sample: Int
  ) {
    let factor = keptFactor
    let rest = Vector(repeating: factor - 1)
    forEachVector(of: range, sample: sample) { unit, dropped in
      let place = unit - range.lowerBound
      let other = load(h + place)
      let sum = (load(g + place) * factor).addingProduct(rest, other)
        .replacing(with: -other, where: dropped)
      store(sum, g + place, column: place, of: range.count)
    }
  }

  @inline(__always)
  private func forEachVector(
    of range: Range<Int>, sample: Int, _ body: (Int, KeptBits.Lanes) -> Void
  ) {
    let row = bits.row(sample)
    for unit in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      body(unit, KeptBits.dropped(row, unit))
    }
  }
}

extension UnitNoiseCompiler {
  func dropout(drop: Double, isInverted: Bool) -> any NoiseFactors {
    DropMask(drop: drop, units: units, stream: stream, context: context, isInverted: isInverted)
  }
}

extension DropMask {
  /// The stage that draws the masks of a training step and forms X∘R and, where asked for, X∘(R − 1),
  /// all on maps without gaps.
  func drawing(_ input: FeatureMaps, kept: FeatureMaps, excess: FeatureMaps?) -> Stage {
    Stage(.lanes) { part, pass in
      guard let step = pass.trainingStep else { return }
      draw(step: step, samples: part.samples)
      for sample in part.samples {
        if let excess {
          split(
            input.sample(sample), kept: kept.sample(sample), excess: excess.sample(sample),
            sample: sample)
        } else {
          multiply(input.sample(sample), into: kept.sample(sample), sample: sample)
        }
      }
    }
  }

  /// The stage dX ← R∘dX, where there is such a gradient.
  func masking(_ gradient: FeatureMaps?) -> [Stage] {
    guard let gradient else { return [] }
    return [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          multiply(gradient.sample(sample), into: gradient.sample(sample), sample: sample)
        }
      }
    ]
  }
}
