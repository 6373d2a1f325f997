/// The binary cross-entropy −t·ln σ(z) − (1 − t)·ln(1 − σ(z)) of log-odds z with targets t in [0, 1],
/// averaged or summed over a sample's outputs. In the form max(z, 0) − z·t + ln(1 + e^−|z|) nothing
/// overflows or cancels.
final class SigmoidCrossEntropy: Loss {
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
        // Written so that not-a-number stays.
        let positive = z.replacing(with: 0, where: z .< 0)
        let away = z.replacing(with: -z, where: z .> 0)
        let loss = positive - z * t + VectorMath.log(1 + VectorMath.exp(away))
        return (loss, VectorMath.sigmoid(z) - t)
      }
    }
    lanes[lane] = LossMeasurement(lossSum: sum * Double(weight))
  }

  var total: LossMeasurement { lanes.total }
}
