import TestSupport
import Testing

@testable import Engine

@Suite struct SoftmaxCrossEntropyTests {
  /// One batch through `lanes` lanes.
  private func measure(
    _ logits: [Float], labels: [Int32], classes: Int, lanes: Int = 1
  ) -> (total: LossMeasurement, gradient: [Float]) {
    let loss = SoftmaxCrossEntropy(classes: classes, lanes: lanes)
    var gradient = [Float](repeating: .nan, count: logits.count)
    let count = labels.count
    gradient.withUnsafeMutableBufferPointer { buffer in
      for lane in 0..<lanes {
        loss.measure(
          lane: lane, samples: lane * count / lanes..<(lane + 1) * count / lanes, count: count,
          outputs: logits, targets: labels, gradient: buffer.baseAddress)
      }
    }
    return (loss.total, gradient)
  }

  @Test(arguments: [1, 2, 7, 8, 9, 10, 100])
  func `loss and gradient agree with the reference`(classes: Int) {
    let logits = TestNumbers.matrix(13, classes, "logits", in: -6...6)
    let labels = (0..<13).map { $0 * 7 % classes }
    let (total, gradient) = measure(
      logits.values.map(Float.init), labels: labels.map(Int32.init), classes: classes, lanes: 3)
    let expected = SoftmaxCrossEntropyReference.lossSum(logits, labels: labels)
    #expect(abs(total.lossSum - expected) <= 1e-5 * max(1, expected))
    let reference = SoftmaxCrossEntropyReference.gradient(logits, labels: labels)
    #expect(Agreement.error(gradient, reference.values) < 1e-6)
  }

  @Test func `the reference's gradient is that of its loss`() {
    let logits = TestNumbers.matrix(3, 5, "logits", in: -3...3)
    let labels = [4, 0, 2]
    let outcome = GradientChecker().check(
      at: logits.values,
      analytic: SoftmaxCrossEntropyReference.gradient(logits, labels: labels).values
    ) { values in
      SoftmaxCrossEntropyReference.lossSum(
        ReferenceMatrix(rows: 3, columns: 5, values: values), labels: labels) / 3
    }
    #expect(outcome.isClean, "\(outcome.mismatches)")
  }

  @Test func `large logits neither overflow nor lose the gradient`() {
    let (total, gradient) = measure(
      [1e30, 0, -1e30, 500, 499, -500], labels: [0, 1], classes: 3)
    #expect(total.errors == 1)
    #expect(abs(total.lossSum - 1.313262) < 1e-5)
    #expect(gradient.allSatisfy { $0.isFinite })
    #expect(gradient[0] == 0)
  }

  @Test func `a class far from the largest still costs its distance`() {
    let (total, _) = measure([0, -300], labels: [1], classes: 2)
    #expect(total.lossSum == 300)
  }

  @Test func `ties go to the lowest class`() {
    #expect(measure([1, 2, 2], labels: [1], classes: 3).total.errors == 0)
    #expect(measure([1, 2, 2], labels: [2], classes: 3).total.errors == 1)
    #expect(measure([0, 0, 0], labels: [0], classes: 3).total.errors == 0)
  }

  @Test(arguments: [Float.nan, .infinity])
  func `a logit that is no number is an error and makes the loss no number`(bad: Float) {
    for place in 0..<3 {
      var logits: [Float] = [1, 1, 1]
      logits[place] = bad
      for label in 0..<3 {
        let (total, _) = measure(logits, labels: [Int32(label)], classes: 3)
        #expect(total.errors == 1)
        #expect(!total.lossSum.isFinite)
      }
    }
  }

  @Test func `evaluation without a gradient measures the same`() {
    let logits = TestNumbers.uniform(40, "logits", in: -4...4).map(Float.init)
    let labels: [Int32] = [3, 0, 9, 5]
    let loss = SoftmaxCrossEntropy(classes: 10, lanes: 1)
    loss.measure(
      lane: 0, samples: 0..<4, count: 4, outputs: logits, targets: labels, gradient: nil)
    #expect(loss.total == measure(logits, labels: labels, classes: 10).total)
  }

  @Test func `a lane without samples adds nothing`() {
    let loss = SoftmaxCrossEntropy(classes: 2, lanes: 2)
    loss.measure(lane: 0, samples: 0..<1, count: 1, outputs: [1, 0], targets: [1], gradient: nil)
    loss.measure(lane: 1, samples: 1..<1, count: 1, outputs: [1, 0], targets: [1], gradient: nil)
    #expect(loss.total.errors == 1)
  }
}
