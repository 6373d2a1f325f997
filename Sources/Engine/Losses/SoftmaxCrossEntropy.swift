/// Softmax followed by the cross-entropy with one true class, −ln softmax(z)_label, in the stable
/// form that subtracts the largest logit. Lanes of the batch are computed independently; their sums
/// are added up in Double in the order of the lanes.
final class SoftmaxCrossEntropy: Loss {
  /// Logits of a sample.
  let classes: Int
  private let lanes: LaneMeasurements

  /// For a batch cut into `lanes` lanes.
  init(classes: Int, lanes: Int) {
    self.classes = classes
    self.lanes = LaneMeasurements(lanes: lanes)
  }

  /// Measures one lane's samples; rows of `logits` and `gradient` hold `classes` numbers. Where
  /// there is a gradient, it becomes that of the mean loss over `count` samples,
  /// (softmax(z) − onehot(label))/count.
  func measure(
    lane: Int, samples: Range<Int>, count: Int, outputs logits: UnsafePointer<Float>,
    targets labels: UnsafePointer<Int32>, gradient: UnsafeMutablePointer<Float>?
  ) {
    var sum = LossMeasurement()
    let share = 1 / Float(count)
    for sample in samples {
      let row = logits + sample * classes
      let label = Int(labels[sample])
      let (best, largest) = maximum(row)
      let total = exponentialSum(row, largest, gradient.map { $0 + sample * classes })
      if best != label || !total.isFinite { sum.errors += 1 }
      let logTotal = VectorMath.log(SIMD8(repeating: total))[0]
      sum.lossSum += Double(logTotal - (row[label] - largest))
      guard let gradient else { continue }
      let target = gradient + sample * classes
      for index in 0..<classes { target[index] = target[index] / total * share }
      target[label] -= share
    }
    lanes[lane] = sum
  }

  /// The whole batch, after every lane was measured. The lowest class wins ties, and a sample with a
  /// logit that is not a number, or infinite, is an error.
  var total: LossMeasurement { lanes.total }

  /// The lowest class with the largest logit.
  private func maximum(_ row: UnsafePointer<Float>) -> (index: Int, value: Float) {
    var best = 0
    for index in 1..<max(1, classes) where row[index] > row[best] { best = index }
    return (best, row[best])
  }

  /// Σ exp(z − largest); the terms go to `exponentials`, where given.
  private func exponentialSum(
    _ row: UnsafePointer<Float>, _ largest: Float, _ exponentials: UnsafeMutablePointer<Float>?
  ) -> Float {
    var sum = Vector(repeating: 0)
    for start in stride(from: 0, to: classes, by: 8) {
      let width = min(8, classes - start)
      var z = Vector(repeating: -.infinity)
      if width == 8 {
        z = load(row + start)
      } else {
        for lane in 0..<width { z[lane] = row[start + lane] }
      }
      let terms = VectorMath.exp(z - largest)
      sum += terms
      if let exponentials {
        store(terms, exponentials + start, column: start, of: classes)
      }
    }
    let four = sum.lowHalf + sum.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
