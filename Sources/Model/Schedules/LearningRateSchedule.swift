import Canonical
import Glibc

/// The learning rate as a pure function of the update's number (from 0) and the updates in an
/// epoch.
package struct LearningRateSchedule: Configurable, Hashable {
  package enum Kind: String, CaseIterable, Sendable {
    case constant
    /// Caffe's `inv`.
    case inv
    /// Caffe's `step`.
    case step
    case milestones
    /// Delayed Strong Regularization halves every 30 epochs.
    case epochStep
    /// AutoAugment's recipe.
    case cosine
    /// The marginalized-noise paper, not compounded.
    case inverseEpoch

    /// The rate, with the update and the epoch counted from 0.
    package var formula: String {
      switch self {
      case .constant: "base"
      case .inv: "base · (1 + gamma · update)^(−power)"
      case .step: "base · factor^⌊update / every⌋"
      case .milestones: "base · factor^(how many of the epochs have begun)"
      case .epochStep: "base · factor^⌊epoch / every⌋"
      case .cosine: "base · ½ · (1 + cos(π · update / (epochs · updates in an epoch)))"
      case .inverseEpoch: "base / (1 + decay · epoch)"
      }
    }
  }

  package var kind = Kind.constant
  package private(set) var base: Double
  // The numbers of the kinds that have them.
  private var gamma = 0.0
  private var power = 0.0
  private var factor = 0.0
  private var every = 1
  private var milestones: [Int] = []
  private var epochs = 1
  private var decay = 0.0

  private init(_ kind: Kind, base: Double) {
    self.kind = kind
    self.base = base
  }

  package static let blank = LearningRateSchedule(.constant, base: 0)
  package static let fields: [Field<LearningRateSchedule>] = [
    .kind("schedule", \.kind, of: "schedule", .optional, "its kind"),
    .number("base", \.base, in: 0...1e6, .required, "the rate at the start"),
    .number(
      "gamma", \.gamma, in: 0...1e6, .required, "how fast the rate falls"
    ).when { $0.kind == .inv },
    .number("power", \.power, in: 0...100, .required, "the exponent, which is taken negative")
      .when { $0.kind == .inv },
    .number(
      "factor", \.factor, in: 0...1e6, .required, "what the rate is multiplied by at each step"
    ).when { [.step, .milestones, .epochStep].contains($0.kind) },
    .whole(
      "every", \.every, in: 1...1_000_000_000, .required, "updates, or epochs, between steps"
    ).when { [.step, .epochStep].contains($0.kind) },
    .value(
      ConfigKey(
        "epochs", .required, "the epochs at which steps happen",
        schema: Schema.list(of: Schema.integer(0...1_000_000))), \.milestones, read: readMilestones
    ) { .array($0.map { .number($0) }) }.when { $0.kind == .milestones },
    .whole(
      "epochs", \.epochs, in: 1...1_000_000, .required,
      "the epochs until the rate is 0"
    ).when { $0.kind == .cosine },
    .number(
      "decay", \.decay, in: 0...1000, .required, "how fast the rate falls"
    )
    .when { $0.kind == .inverseEpoch },
  ]

  @Sendable private static func readMilestones(
    _ reader: ObjectReader, _: LearningRateSchedule
  ) -> [Int] {
    let list = reader.raw("epochs")
    let epochs = list?.elements?.compactMap(\.intValue) ?? []
    if epochs.isEmpty || epochs.count != list?.elements?.count || epochs != epochs.sorted() {
      reader.report("\"epochs\" must list epochs in rising order", key: "epochs")
    }
    return epochs
  }

  package func rate(update: Int, updatesPerEpoch: Int) -> Double {
    let epoch = update / max(1, updatesPerEpoch)
    switch kind {
    case .constant: return base
    case .inv: return base * pow(1 + gamma * Double(update), -power)
    case .step: return base * pow(factor, Double(update / every))
    case .milestones: return base * pow(factor, Double(milestones.count { epoch >= $0 }))
    case .epochStep: return base * pow(factor, Double(epoch / every))
    case .cosine:
      let total = Double(epochs * max(1, updatesPerEpoch))
      return base * 0.5 * (1 + cos(.pi * Double(update) / total))
    case .inverseEpoch: return base / (1 + decay * Double(epoch))
    }
  }
}
