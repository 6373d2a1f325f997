import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct EnsembleMeanTests {
  private func mean(
    _ kind: PredictionMean, _ predictions: [[Float]], classes: Int
  ) -> [[Double]] {
    let count = predictions[0].count / classes
    let mean = EnsembleMean(kind, capacity: count, classes: classes)
    // What was there before must not show.
    mean.add(predictions[0], count: count)
    mean.reset()
    for logits in predictions { mean.add(logits, count: count) }
    return (0..<count).map { mean.probabilities($0).map(Double.init) }
  }

  private func softmax(_ logits: [Double]) -> [Double] {
    MarginalizedNoiseReference.softmax(logits)
  }

  @Test func `the arithmetic mean is that of the probabilities`() {
    let predictions = (0..<3).map { exactNumbers(8, "p\($0)").map { 3 * $0 } }
    let means = mean(.arithmetic, predictions.map { $0.map(Float.init) }, classes: 4)
    for sample in 0..<2 {
      let rows = predictions.map { softmax(Array($0[sample * 4..<sample * 4 + 4])) }
      let expected = (0..<4).map { k in rows.reduce(0) { $0 + $1[k] } / 3 }
      #expect(Agreement.error(means[sample], expected) < 1e-6)
    }
  }

  /// The geometric mean over all masks of one softmax layer is weight scaling by the keep probability;
  /// for another than ½ the mean is weighted by the masks' probabilities.
  @Test func `the geometric mean over all masks of a softmax layer is weight scaling`() {
    let (units, classes) = (6, 4)
    let weights = TestNumbers.matrix(classes, units, "w")
    let x = TestNumbers.uniform(units, "x", in: 0...2)
    func logits(_ factors: [Double]) -> [Double] {
      (0..<classes).map { k in
        (0..<units).reduce(0.1 * Double(k)) { $0 + weights[k, $1] * x[$1] * factors[$1] }
      }
    }
    let predictions = (0..<1 << units).map { pattern in
      logits((0..<units).map { Double(pattern >> $0 & 1) }).map(Float.init)
    }
    let scaled = softmax(logits(Array(repeating: 0.5, count: units)))
    let geometric = mean(.geometric, predictions, classes: classes)[0]
    #expect(Agreement.error(geometric, scaled) < 1e-5)
    let arithmetic = mean(.arithmetic, predictions, classes: classes)[0]
    #expect(Agreement.error(arithmetic, scaled) > 1e-3)
  }

  /// Each mask of four units as often as its probability says: 3 : 1 for each unit that is kept.
  @Test
  func `weighted by the masks' probabilities it is weight scaling by another keep probability`() {
    let (units, classes) = (4, 3)
    let weights = TestNumbers.matrix(classes, units, "w")
    let x = TestNumbers.uniform(units, "x", in: 0...2)
    func logits(_ factors: [Double]) -> [Double] {
      (0..<classes).map { k in
        (0..<units).reduce(0.1 * Double(k)) { $0 + weights[k, $1] * x[$1] * factors[$1] }
      }
    }
    let predictions = (0..<1 << units).flatMap { pattern -> [[Float]] in
      let kept = (0..<units).map { Double(pattern >> $0 & 1) }
      let times = kept.reduce(1) { $1 == 1 ? 3 * $0 : $0 }
      return Array(repeating: logits(kept).map(Float.init), count: times)
    }
    #expect(predictions.count == 256)
    let geometric = mean(.geometric, predictions, classes: classes)[0]
    let scaled = softmax(logits(Array(repeating: 0.75, count: units)))
    #expect(Agreement.error(geometric, scaled) < 1e-5)
  }

  @Test(arguments: [PredictionMean.arithmetic, .geometric])
  func `the variance is that of the probabilities over the predictions`(kind: PredictionMean) {
    let predictions: [[Float]] = [
      [0, 2, -1, 1, 1, 1], [1, 0, 0, 1, 1, 1], [-2, 0.5, 0, 1, 1, 1],
    ]
    let mean = EnsembleMean(kind, capacity: 2, classes: 3)
    for logits in predictions { mean.add(logits, count: 2) }
    let rows = predictions.map { softmax($0[..<3].map(Double.init)) }
    let expected = (0..<3).reduce(0.0) { sum, k in
      let average = rows.reduce(0) { $0 + $1[k] } / 3
      return sum + rows.reduce(0) { $0 + ($1[k] - average) * ($1[k] - average) } / 3
    }
    #expect(abs(mean.variance(0) - expected) < 1e-6)
    #expect(mean.variance(1) < 1e-12)
  }

  @Test func `a class that is impossible for one member keeps numbers finite`() {
    let geometric = mean(.geometric, [[0, 500, 0], [0, 0, 0]], classes: 3)[0]
    #expect(abs(geometric.reduce(0, +) - 1) < 1e-6)
    #expect(geometric.allSatisfy { $0.isFinite })
  }

  /// k models whose errors have variance v and covariance c: the mean's squared error is
  /// v/k + (k − 1)·c/k.
  @Test func `averaging k models leaves v/k + (k − 1)c/k of the squared error`() {
    let (k, draws) = (5, 200_000)
    let (shared, own) = (0.6, 0.8)
    let numbers = PhiloxLanes(
      RandomRoot(seed: 1, trial: 1).stream(.synthesis, "ensemble"), position: 0)
    var sum = 0.0
    for draw in 0..<draws {
      let z = numbers.normals(draw)
      let common = shared * Double(z.0[0])
      let errors = (0..<k).map { common + own * Double(z.1[$0]) }
      let mean = errors.reduce(0, +) / Double(k)
      sum += mean * mean / Double(draws)
    }
    let (v, c) = (shared * shared + own * own, shared * shared)
    let expected = v / Double(k) + Double(k - 1) * c / Double(k)
    #expect(abs(sum - expected) < 5 * expected * (2 / Double(draws)).squareRoot())
  }

  @Test func `entropy and loss are those of the probabilities`() {
    var measurement = PredictionMeasurement()
    measurement.add([0.5, 0.25, 0.25], label: 0)
    measurement.add([0, 1, 0], label: 2)
    #expect(measurement.errors == 1)
    #expect(abs(measurement.entropySum - 1.5 * 0.693147) < 1e-5)
    #expect(measurement.lossSum == .infinity)
    measurement.add([.nan, 0, 0], label: 0)
    #expect(measurement.errors == 2)
  }
}
