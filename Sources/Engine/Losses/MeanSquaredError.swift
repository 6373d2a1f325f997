/// The squared distance (z − t)² of outputs from their targets, averaged or summed over a sample's
/// outputs.
final class MeanSquaredError: Loss {
  /// Numbers of a sample.
  let outputs: Int
  private let reduction: OutputReduction
  private let lanes: LaneMeasurements

  /// For a batch cut into `lanes` lanes.
  init(outputs: Int, lanes: Int, reduction: OutputReduction = .mean) {
    self.outputs = outputs
    self.reduction = reduction
    self.lanes = LaneMeasurements(lanes: lanes)
  }

  func measure(
    lane: Int, samples: Range<Int>, count: Int, outputs z: UnsafePointer<Float>,
    targets: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>?
  ) {
    let weight = reduction.weight(outputs: outputs)
    var sum = 0.0
    for sample in samples {
      let start = sample * outputs
      sum += sumOutputLosses(
        z + start, targets + start, count: outputs, gradient: gradient.map { $0 + start },
        weight: weight / Float(count)
      ) { z, t in
        let distance = z - t
        return (distance * distance, 2 * distance)
      }
    }
    lanes[lane] = LossMeasurement(lossSum: sum * Double(weight))
  }

  var total: LossMeasurement { lanes.total }
}
