import Model
import TestSupport
import Testing

/// What the paper says of Drop-Activation, in Double; where it is wrong, the true statement.
@Suite struct DropActivationReferenceTests {
  private let relu = DropActivationReference(.relu, keep: 0.95)

  @Test func `reproduces the worked example`() {
    let x = [-2, -0.5, 0, 1.5, -1]
    let mask = [1.0, 0, 1, 0, 1]
    let cases = zip(x, mask)
    #expect(cases.map { relu.value($0, mask: $1) } == [0, -0.5, 0, 1.5, 0])
    #expect(cases.map { relu.derivative($0, mask: $1) } == [0, 1, 1, 1, 0])
    #expect(Agreement.error(x.map(relu.mean), [-0.1, -0.025, 0, 1.5, -0.05]) < 1e-12)
    #expect(Agreement.error(x.map(relu.meanDerivative), [0.05, 0.05, 1, 1, 0.05]) < 1e-12)
  }

  @Test(arguments: [0.3, 0.8, 0.95])
  func `evaluation is the mean over both masks`(keep: Double) {
    for activation in [ActivationReference.relu, .sigmoid, .tanh, .leakyRelu(slope: 0.2)] {
      let reference = DropActivationReference(activation, keep: keep)
      for x in TestNumbers.uniform(20, "x", in: -3...3) {
        let mean = (1 - keep) * reference.value(x, mask: 0) + keep * reference.value(x, mask: 1)
        #expect(abs(mean - reference.mean(x)) < 1e-12)
      }
    }
  }

  /// E‖W₂y − t‖² = ‖W₂r_p(v) − t‖² + (1 − p)/p·Σ_i ‖W₂[:, i]‖²·(v_i − r_p(v_i))²: the penalty sums
  /// over hidden units. The printed one is the squared norm of the summed vector.
  @Test(arguments: [0.5, 0.8, 0.95])
  func `Property 5.1 holds with a sum over units and not as printed`(keep: Double) {
    let (units, outputs) = (5, 3)
    let v = TestNumbers.uniform(units, "v")
    let weights = TestNumbers.matrix(outputs, units, "weights")
    let target = TestNumbers.uniform(outputs, "target")
    let reference = DropActivationReference(.relu, keep: keep)
    func loss(_ y: [Double]) -> Double {
      (0..<outputs).reduce(0) { sum, row in
        let z = (0..<units).reduce(-target[row]) { $0 + weights[row, $1] * y[$1] }
        return sum + z * z
      }
    }
    var expected = 0.0
    for pattern in 0..<1 << units {
      let mask = (0..<units).map { Double(pattern >> $0 & 1) }
      let probability = mask.reduce(1) { $0 * ($1 == 1 ? keep : 1 - keep) }
      expected += probability * loss((0..<units).map { reference.value(v[$0], mask: mask[$0]) })
    }
    let mean = v.map(reference.mean)
    let gap = expected - loss(mean)
    let deviations = zip(v, mean).map { $0 - $1 }
    let factor = (1 - keep) / keep
    let bySum = (0..<units).reduce(0) { sum, unit in
      let norm = (0..<outputs).reduce(0) { $0 + weights[$1, unit] * weights[$1, unit] }
      return sum + norm * deviations[unit] * deviations[unit]
    }
    let printed = (0..<outputs).reduce(0) { sum, row in
      let entry = (0..<units).reduce(0) { $0 + weights[row, $1] * deviations[$1] }
      return sum + entry * entry
    }
    #expect(abs(gap - factor * bySum) < 1e-12)
    #expect(abs(gap - factor * printed) > 1e-3 * gap)
  }

  /// For x from N(0, 1): the variance of evaluation in relation to that of training.
  @Test(arguments: [
    (0.5, 0.8239960328761521), (0.8, 0.8394028472454754), (0.9, 0.8931330874984592),
    (0.95, 0.9377233215238241), (0, 1), (1, 1), (0.631, 0.81257),
  ])
  func `the variance shifts by the published ratio`(keep: Double, ratio: Double) {
    #expect(abs(DropActivation(keep: keep).varianceShift - ratio) < 1e-5)
    // By integration: E y² and E y of both phases over the density.
    let reference = DropActivationReference(.relu, keep: keep)
    var (mean, train, test) = (0.0, 0.0, 0.0)
    let step = 1e-3
    for index in -8000...8000 {
      let x = Double(index) * step
      let density = Density.normal(x) * step
      let y = reference.mean(x)
      mean += y * density
      test += y * y * density
      let (dropped, kept) = (reference.value(x, mask: 0), reference.value(x, mask: 1))
      train += ((1 - keep) * dropped * dropped + keep * kept * kept) * density
    }
    #expect(abs((test - mean * mean) / (train - mean * mean) - ratio) < 1e-5)
  }

  @Test func `the variance shifts most at p = 0.631`() {
    let ratios = (1..<1000).map { (Double($0) / 1000, DropActivation(keep: Double($0) / 1000)) }
    let least = ratios.min { $0.1.varianceShift < $1.1.varianceShift }
    #expect(least?.0 == 0.631)
  }
}
