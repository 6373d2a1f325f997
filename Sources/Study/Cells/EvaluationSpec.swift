import Canonical

/// When a network in training is evaluated on validation and test images, beside the end.
package enum EvaluationSpec: Configurable, Hashable {
  /// After every so many updates.
  case everyUpdates(Int)
  /// After every so many epochs.
  case everyEpochs(Int)
  /// Only at the end.
  case atEnd

  package static let blank = EvaluationSpec.atEnd
  package static let fields: [Field<EvaluationSpec>] = [
    .whole("every", \.updates, in: 1...1_000_000_000, "after every so many updates")
      .alternative(among: intervals, .optional),
    .whole("everyEpochs", \.epochs, in: 1...1_000_000, "after every so many epochs")
      .alternative(among: intervals, .optional),
  ]

  private static let intervals = ["every", "everyEpochs"]

  package func check(_ reader: ObjectReader) {
    if reader.has("every"), reader.has("everyEpochs") {
      reader.report("\"every\" and \"everyEpochs\" exclude each other", key: "everyEpochs")
    }
  }

  private var updates: Int? {
    get { if case .everyUpdates(let count) = self { count } else { nil } }
    set { if let newValue { self = .everyUpdates(newValue) } }
  }

  private var epochs: Int? {
    get { if case .everyEpochs(let count) = self { count } else { nil } }
    set { if let newValue { self = .everyEpochs(newValue) } }
  }

  /// Whether to evaluate after `done` of `total` updates.
  package func isDue(after done: Int, of total: Int, updatesPerEpoch: Int) -> Bool {
    if done == total { return true }
    switch self {
    case .everyUpdates(let count): return done % count == 0
    case .everyEpochs(let count): return done % (count * max(1, updatesPerEpoch)) == 0
    case .atEnd: return false
    }
  }

  /// Updates from one evaluation to the next, the whole training if there is only one.
  package func interval(total: Int, updatesPerEpoch: Int) -> Int {
    switch self {
    case .everyUpdates(let count): count
    case .everyEpochs(let count): count * max(1, updatesPerEpoch)
    case .atEnd: max(1, total)
    }
  }

  /// How often a training of `total` updates is evaluated, the end included.
  package func count(total: Int, updatesPerEpoch: Int) -> Int {
    if self == .atEnd { return 1 }
    let interval = interval(total: total, updatesPerEpoch: updatesPerEpoch)
    return total / interval + (total % interval == 0 ? 0 : 1)
  }
}
