/// A loss of each output and its target alone, averaged or summed over a sample's outputs.
final class ElementwiseLoss: Loss {
  /// What an output is compared with its target by.
  enum Function {
    /// The squared distance (z − t)².
    case squaredError
    /// The binary cross-entropy −t·ln σ(z) − (1 − t)·ln(1 − σ(z)) of log-odds z with targets t in
    /// [0, 1]. In the form max(z, 0) − z·t + ln(1 + e^−|z|) nothing overflows or cancels.
    case sigmoidCrossEntropy

    /// Loss and derivative of eight outputs. Not-a-number stays.
    @inline(__always)
    func callAsFunction(_ z: Vector, _ t: Vector) -> (loss: Vector, derivative: Vector) {
      switch self {
      case .squaredError:
        let distance = z - t
        return (distance * distance, 2 * distance)
      case .sigmoidCrossEntropy:
        let positive = z.replacing(with: 0, where: z .< 0)
        let away = z.replacing(with: -z, where: z .> 0)
        let loss = positive - z * t + VectorMath.log(1 + VectorMath.exp(away))
        return (loss, VectorMath.sigmoid(z) - t)
      }
    }
  }

  private let function: Function
  private let outputs: Int
  private let reduction: OutputReduction
  private let lanes: LaneMeasurements

  /// - Parameters:
  ///   - outputs: numbers of a sample.
  ///   - lanes: lanes of a batch.
  init(_ function: Function, outputs: Int, lanes: Int, reduction: OutputReduction) {
    self.function = function
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
      ) { function($0, $1) }
    }
    lanes[lane] = LossMeasurement(lossSum: sum * Double(weight))
  }

  var total: LossMeasurement { lanes.total }
}
