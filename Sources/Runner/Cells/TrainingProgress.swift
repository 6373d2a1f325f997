import Canonical

/// How far a training is, without the weights: what a checkpoint holds beside the arrays.
struct TrainingProgress: Equatable {
  /// Updates done.
  var update = 0
  /// Sum of the losses of the updates since the curve's last point.
  var lossSum = 0.0
  /// How many they are.
  var lossCount = 0
  /// Loss of the last update; nil before the first.
  var lastLoss: Double?
  /// Whether loss or weights stopped being finite.
  var hasDiverged = false
  /// The learning curve so far.
  var curve: [CurvePoint] = []
  /// Seconds spent on training and evaluation, in all sessions.
  var seconds = 0.0
  /// How many of them writing checkpoints took.
  var checkpointSeconds = 0.0

  /// Adds the loss of one update.
  mutating func add(loss: Double) {
    update += 1
    lossSum += loss
    lossCount += 1
    lastLoss = loss
    if !loss.isFinite { hasDiverged = true }
  }

  /// Adds a point to the curve.
  mutating func add(_ evaluation: Evaluation) {
    curve.append(
      CurvePoint(
        update: update, trainingLoss: lossCount > 0 ? lossSum / Double(lossCount) : nil,
        validationError: evaluation.validationError, testError: evaluation.testError,
        measures: evaluation.measures))
    lossSum = 0
    lossCount = 0
  }
}

extension TrainingProgress {
  /// Every number keeps its bits.
  var json: JSONValue {
    .object([
      "update": .number(update), "lossSum": .exact(lossSum), "lossCount": .number(lossCount),
      "lastLoss": .exact(lastLoss), "diverged": .bool(hasDiverged), "seconds": .exact(seconds),
      "curve": .array(curve.map(\.json)), "checkpointSeconds": .exact(checkpointSeconds),
    ])
  }

  /// Reads what `json` wrote; nil if anything is missing.
  init?(_ json: JSONValue) {
    guard let update = json["update"]?.intValue, let lossCount = json["lossCount"]?.intValue,
      let lossSum = json["lossSum"]?.exactDouble, let hasDiverged = json["diverged"]?.boolValue,
      let seconds = json["seconds"]?.exactDouble, let points = json["curve"]?.elements
    else { return nil }
    self.update = update
    self.lossSum = lossSum
    self.lossCount = lossCount
    self.hasDiverged = hasDiverged
    self.seconds = seconds
    lastLoss = json["lastLoss"]?.exactDouble
    checkpointSeconds = json["checkpointSeconds"]?.exactDouble ?? 0
    curve = points.compactMap { CurvePoint($0) }
    guard curve.count == points.count else { return nil }
  }
}
