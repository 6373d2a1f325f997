/// The root of all randomness of one run: the config's seed and the trial. Arms of a study share
/// it, so that they start from the same weights and see the same batches.
package struct RandomRoot: Hashable, Sendable {
  /// The config's `seed`.
  package var seed: UInt32
  /// 0 for selection, 1…n for final runs.
  package var trial: UInt32

  package init(seed: UInt32, trial: UInt32) {
    self.seed = seed
    self.trial = trial
  }

  /// The stream for one purpose at one place, for example (`mask`, `fc2.input`).
  package func stream(_ purpose: RandomPurpose, _ place: String) -> RandomStream {
    RandomStream(
      key: SIMD2(seed, trial), domain: RandomStream.hash("\(purpose.rawValue)/\(place)"))
  }
}

/// What random numbers are drawn for.
package enum RandomPurpose: String, Sendable, CaseIterable {
  /// Initial weights; the place is the parameter's name.
  case weights
  /// The order of training images; the place is the data set's split.
  case order
  /// Which images make the validation split and the training subset.
  case split
  /// Masks of noise layers; the place is the site.
  case mask
  /// How a training image is changed; the place is the transform's name.
  case augmentation
  /// Generated data.
  case synthesis
  /// Which images a bootstrap sample holds; the place is the data set's split.
  case bootstrap
}

/// An addressable stream: 128 random bits for every (position, index). Nothing is consumed, so
/// neither the number of threads nor an interruption can change a draw.
package struct RandomStream: Hashable, Sendable {
  /// Seed and trial.
  package let key: SIMD2<UInt32>
  /// A hash of purpose and place, the counter's last word.
  package let domain: UInt32

  package init(key: SIMD2<UInt32>, domain: UInt32) {
    self.key = key
    self.domain = domain
  }

  /// The counter of block `index` at `position` (a step, or an epoch).
  @inlinable
  package func counter(position: UInt64, index: UInt32) -> SIMD4<UInt32> {
    SIMD4(
      index, UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
      domain)
  }

  /// 128 random bits.
  @inlinable
  package func block(position: UInt64, index: UInt32) -> SIMD4<UInt32> {
    Philox.block(counter: counter(position: position, index: index), key: key)
  }

  /// FNV-1a, 32 bits, of the text's UTF-8.
  static func hash(_ text: String) -> UInt32 {
    text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }
}

/// From random bits to numbers; the mapping is ours so that no library update changes it.
package enum RandomBits {
  /// The upper 24 bits as a Float in [0, 1), every value a multiple of 2⁻²⁴.
  @inlinable
  package static func uniform(_ bits: UInt32) -> Float { Float(bits >> 8) * 0x1p-24 }

  /// The threshold t with P(bits < t) = probability, for masks: an element is kept if its 32 bits
  /// are at least `threshold(drop)`.
  @inlinable
  package static func threshold(_ probability: Double) -> UInt32 {
    UInt32(min(max(probability, 0) * 0x1p32, 0xFFFF_FFFF).rounded())
  }
}
