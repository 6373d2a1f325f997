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

  fileprivate enum Kind: String, CaseIterable, Sendable {
    case constant, delayed, warmUp, ivanov, anneal
  }

  /// λ_t's rule as its keys say it.
  fileprivate var kind: Kind {
    get {
      switch self {
      case .constant: .constant
      case .delayed: .delayed
      case .warmUp: .warmUp
      case .ivanov: .ivanov
      case .anneal: .anneal
      }
    }
    set {
      switch newValue {
      case .constant: self = .constant
      case .delayed: self = .delayed(gamma: 5)
      case .warmUp: self = .warmUp(gamma: 5)
      case .ivanov: self = .ivanov(threshold: 0)
      case .anneal: self = .anneal
      }
    }
  }

  fileprivate var gamma: Int {
    get {
      switch self {
      case .delayed(let gamma), .warmUp(let gamma): gamma
      case .constant, .ivanov, .anneal: 0
      }
    }
    set {
      if kind == .warmUp {
        self = .warmUp(gamma: newValue)
      } else {
        self = newValue == 0 ? .constant : .delayed(gamma: newValue)
      }
    }
  }

  fileprivate var level: Double {
    get { threshold ?? 0 }
    set { self = .ivanov(threshold: newValue) }
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

extension PenaltySchedule: Configurable {
  package static let blank = PenaltySchedule.constant
  /// `schedule` and the keys of that schedule: `gamma` of `delayed` and `warmUp`, `threshold` of
  /// `ivanov`. A `gamma` alone means `delayed`, and 0 is `constant`.
  package static let fields: [Field<PenaltySchedule>] = [
    .value(
      ConfigKey(
        "schedule", .optional,
        "how the strength changes in training: `constant` unless said otherwise, `delayed` with a `gamma`",
        schema: Schema.choice(Kind.allCases.map(\.rawValue))), \.kind
    ) { reader, _ in
      // Looking is not reading: with other schedules the key is one too many.
      reader.choice("schedule", default: reader.value["gamma"] == nil ? .constant : .delayed)
    } write: {
      .string($0.rawValue)
    }.followingOthers(),
    .value(
      ConfigKey(
        "gamma", .optional,
        "of `delayed`, the epoch before which the strength is 0; of `warmUp`, that from which it is whole",
        schema: Schema.integer(0...1_000_000)), \.gamma
    ) { reader, schedule in
      let least = schedule.kind == .warmUp ? 1 : 0
      return reader.int("gamma", default: schedule.gamma, in: least...1_000_000)
    } write: {
      .number($0)
    }.followingOthers().when { [.delayed, .warmUp].contains($0.kind) },
    .number(
      "threshold", \.level, in: 0...1e12, .required,
      "of `ivanov`: the sum of absolute weights above which the penalty acts"
    ).when { $0.kind == .ivanov },
  ]
}
