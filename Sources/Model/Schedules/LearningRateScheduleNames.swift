import Canonical

extension LearningRateSchedule {
  /// The names that configs use.
  package static let names = [
    "constant", "inv", "step", "milestones", "epochStep", "cosine", "inverseEpoch",
  ]

  /// Reads `{"schedule": "inv", "base": 0.01, …}`.
  package init(reading reader: ObjectReader) {
    let name = reader.string("schedule", default: "constant")
    let base = reader.double("base", in: 0...1e6)
    func factor() -> Double { reader.double("factor", in: 0...1e6) }
    func every() -> Int { reader.int("every", in: 1...1_000_000_000) }
    switch name {
    case "constant": self = .constant(base: base)
    case "inv":
      self = .inv(
        base: base, gamma: reader.double("gamma", in: 0...1e6),
        power: reader.double("power", in: 0...100))
    case "step": self = .step(base: base, factor: factor(), every: every())
    case "milestones":
      let list = reader.raw("epochs")
      let epochs = list?.elements?.compactMap(\.intValue) ?? []
      if epochs.isEmpty || epochs.count != list?.elements?.count || epochs != epochs.sorted() {
        reader.report("\"epochs\" must list epochs in rising order", key: "epochs")
      }
      self = .milestones(base: base, factor: factor(), epochs: epochs)
    case "epochStep": self = .epochStep(base: base, factor: factor(), every: every())
    case "cosine": self = .cosine(base: base, epochs: reader.int("epochs", in: 1...1_000_000))
    case "inverseEpoch":
      self = .inverseEpoch(base: base, decay: reader.double("decay", in: 0...1000))
    default:
      reader.reportUnknown(name, of: "schedule", Self.names, reader.location(of: "schedule"))
      self = .constant(base: base)
      return
    }
    reader.finish()
  }

  package var json: JSONValue {
    switch self {
    case .constant(let base):
      .object(["schedule": .string("constant"), "base": .number(base)])
    case .inv(let base, let gamma, let power):
      .object([
        "schedule": .string("inv"), "base": .number(base), "gamma": .number(gamma),
        "power": .number(power),
      ])
    case .step(let base, let factor, let every):
      .object([
        "schedule": .string("step"), "base": .number(base), "factor": .number(factor),
        "every": .number(every),
      ])
    case .milestones(let base, let factor, let epochs):
      .object([
        "schedule": .string("milestones"), "base": .number(base), "factor": .number(factor),
        "epochs": .array(epochs.map { .number($0) }),
      ])
    case .epochStep(let base, let factor, let every):
      .object([
        "schedule": .string("epochStep"), "base": .number(base), "factor": .number(factor),
        "every": .number(every),
      ])
    case .cosine(let base, let epochs):
      .object(["schedule": .string("cosine"), "base": .number(base), "epochs": .number(epochs)])
    case .inverseEpoch(let base, let decay):
      .object([
        "schedule": .string("inverseEpoch"), "base": .number(base), "decay": .number(decay),
      ])
    }
  }
}
