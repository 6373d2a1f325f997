import Canonical

/// How the strength λ_t of a penalty changes in training. Epochs count from 0.
package enum PenaltySchedule: Hashable, Sendable {
  /// λ from the first step on.
  case constant
  /// 0 before epoch γ, λ from it on (Park, Ho, Chang, eq. 8).
  case delayed(gamma: Int)
  /// λ · min(1, epoch/γ).
  case warmUp(gamma: Int)
  /// λ while the weights' Σ|w| is above a threshold, otherwise 0.
  case ivanov(threshold: Double)
  /// From λ in the first epoch linearly down to 0 behind the last.
  case anneal

  private enum Kind: String, CaseIterable {
    case constant, delayed, warmUp, ivanov, anneal
  }

  /// Reads `schedule` and the keys of that schedule: `gamma` of `delayed` and `warmUp` (5 unless
  /// given), `threshold` of `ivanov`. A `gamma` alone means `delayed`, and 0 is `constant`.
  init(reading reader: ObjectReader) {
    // Looking is not reading: with other schedules the key is one too many.
    let usual: Kind = reader.value["gamma"] != nil ? .delayed : .constant
    let kind: Kind = reader.choice("schedule", default: usual)
    func gamma(from least: Int) -> Int { reader.int("gamma", default: 5, in: least...1_000_000) }
    switch kind {
    case .constant: self = .constant
    case .delayed:
      let gamma = gamma(from: 0)
      self = gamma == 0 ? .constant : .delayed(gamma: gamma)
    case .warmUp: self = .warmUp(gamma: gamma(from: 1))
    case .ivanov: self = .ivanov(threshold: reader.double("threshold", in: 0...1e12))
    case .anneal: self = .anneal
    }
  }

  var members: [JSONValue.Member] {
    func named(_ kind: Kind) -> JSONValue.Member { .init("schedule", .string(kind.rawValue)) }
    switch self {
    case .constant: return [named(.constant)]
    case .delayed(let gamma): return [named(.delayed), .init("gamma", .number(gamma))]
    case .warmUp(let gamma): return [named(.warmUp), .init("gamma", .number(gamma))]
    case .ivanov(let threshold):
      return [named(.ivanov), .init("threshold", .number(threshold))]
    case .anneal: return [named(.anneal)]
    }
  }

  /// The threshold of Σ|w|, for a schedule that looks at the weights.
  package var threshold: Double? {
    if case .ivanov(let threshold) = self { threshold } else { nil }
  }

  /// λ_t/λ at an update, apart from what depends on the weights.
  package func factor(at moment: TrainingMoment) -> Double {
    switch self {
    case .constant, .ivanov: 1
    case .delayed(let gamma): moment.epoch < gamma ? 0 : 1
    case .warmUp(let gamma): min(1, Double(moment.epoch) / Double(gamma))
    case .anneal: max(0, 1 - Double(moment.epoch) / max(1, moment.epochs))
    }
  }
}

/// Where in a training an update stands.
package struct TrainingMoment: Hashable, Sendable {
  /// The epoch, from 0.
  package var epoch: Int
  /// Epochs of the whole training, not always a whole number.
  package var epochs: Double

  /// The first epoch of a training of `epochs`.
  package init(epoch: Int = 0, epochs: Double = 1) {
    self.epoch = epoch
    self.epochs = epochs
  }
}
