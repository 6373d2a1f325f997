/// The squared hinge loss of one-vs-rest classification, Σ max(0, 1 − s·z)² over the classes with
/// s = +1 for the label's and −1 for the others: the loss of the linear L2-SVM. Its penalty on the
/// weights is the optimizer's weight decay.
final class SquaredHinge: Loss {
  /// Outputs of a sample.
  let classes: Int
  private let lanes: LaneMeasurements

  /// For a batch cut into `lanes` lanes.
  init(classes: Int, lanes: Int) {
    self.classes = classes
    self.lanes = LaneMeasurements(lanes: lanes)
  }

  func measure(
    lane: Int, samples: Range<Int>, count: Int, outputs: UnsafePointer<Float>,
    targets: UnsafePointer<Int32>, gradient: UnsafeMutablePointer<Float>?
  ) {
    var sum = LossMeasurement()
    let share = 1 / Float(count)
    for sample in samples {
      let row = outputs + sample * classes
      let label = Int(targets[sample])
      var (best, isFinite) = (0, true)
      for index in 0..<classes {
        let side: Float = index == label ? 1 : -1
        let violation = 1 - side * row[index]
        // Written so that not-a-number stays.
        let slack = violation < 0 ? 0 : violation
        sum.lossSum += Double(slack) * Double(slack)
        if let gradient { gradient[sample * classes + index] = -2 * side * slack * share }
        if row[index] > row[best] { best = index }
        isFinite = isFinite && row[index].isFinite
      }
      // The lowest class wins ties, and a sample with an output that is no number is an error.
      if best != label || !isFinite { sum.errors += 1 }
    }
    lanes[lane] = sum
  }

  var total: LossMeasurement { lanes.total }
}
