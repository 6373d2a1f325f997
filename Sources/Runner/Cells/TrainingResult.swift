import Canonical
import Study

/// What training a cell gave. All but the cost is the same bits wherever and however it is trained
/// (on the same OpenBLAS core).
struct TrainingResult: Equatable {
  /// Updates done: fewer than planned after divergence.
  var updates: Int
  /// At the last update.
  var last: CurvePoint
  /// Where the validation error was lowest, the earliest of equals; nil without a validation set.
  var bestOnValidation: CurvePoint?
  /// Where the test error was lowest, the earliest of equals; nil where nothing is classified.
  var bestOnTest: CurvePoint?
  /// Loss of the last update.
  var lastLoss: Double?
  /// Whether loss or weights stopped being finite.
  var hasDiverged: Bool
  /// The fingerprint of the weights at the end.
  var weightsHash: String
  /// What it took.
  var cost: RunCost
  /// What was measured for the files below `series/`.
  var series: [Series] = []
}

extension TrainingResult {
  /// Every number keeps its bits.
  var json: JSONValue {
    var json = JSONValue.object([
      "updates": .number(updates), "last": last.json,
      "bestOnValidation": bestOnValidation?.json ?? .null, "bestOnTest": bestOnTest?.json ?? .null,
      "lastLoss": .exact(lastLoss), "diverged": .bool(hasDiverged),
      "weights": .string(weightsHash), "cost": cost.json,
    ])
    if !series.isEmpty { json["series"] = .array(series.map(\.json)) }
    return json
  }

  /// Reads what `json` wrote; nil if anything is missing.
  init?(_ json: JSONValue) {
    let given = json["series"]?.elements ?? []
    let series = given.compactMap { Series($0) }
    guard series.count == given.count, let updates = json["updates"]?.intValue,
      let last = json["last"].flatMap({ CurvePoint($0) }),
      let hasDiverged = json["diverged"]?.boolValue, let weights = json["weights"]?.stringValue,
      let cost = json["cost"].flatMap({ RunCost($0) })
    else { return nil }
    self.init(
      updates: updates, last: last,
      bestOnValidation: json["bestOnValidation"].flatMap { CurvePoint($0) },
      bestOnTest: json["bestOnTest"].flatMap { CurvePoint($0) },
      lastLoss: json["lastLoss"]?.exactDouble, hasDiverged: hasDiverged,
      weightsHash: weights, cost: cost, series: series)
  }
}

extension RunCost {
  /// Every number keeps its bits.
  var json: JSONValue {
    .object([
      "seconds": .exact(seconds), "imagesPerSecond": .exact(imagesPerSecond),
      "peakMegabytes": .exact(peakMegabytes), "threads": .number(threads),
      "checkpointSeconds": .exact(checkpointSeconds),
    ])
  }

  /// Reads what `json` wrote; nil if anything is missing.
  init?(_ json: JSONValue) {
    guard let seconds = json["seconds"]?.exactDouble,
      let imagesPerSecond = json["imagesPerSecond"]?.exactDouble,
      let peakMegabytes = json["peakMegabytes"]?.exactDouble,
      let threads = json["threads"]?.intValue
    else { return nil }
    self.init(
      seconds: seconds, imagesPerSecond: imagesPerSecond, peakMegabytes: peakMegabytes,
      threads: threads, checkpointSeconds: json["checkpointSeconds"]?.exactDouble ?? 0)
  }
}
