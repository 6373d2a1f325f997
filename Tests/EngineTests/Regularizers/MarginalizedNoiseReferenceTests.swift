import Model
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What the regularizer of marginalized noise is, in Double.
@Suite struct MarginalizedNoiseReferenceTests {
  /// The worked example: 4 inputs, 3 hidden units, 3 classes.
  private static func example(
    _ on: MarginalizedNoise.Target, _ form: MarginalizedNoise.Form = .exact,
    _ approxForm: MarginalizedNoise.ApproxForm = .printed, keep: Double = 0.6
  ) -> MarginalizedNoiseReference {
    var (w1, w2) = (ReferenceMatrix(rows: 3, columns: 4), ReferenceMatrix(rows: 3, columns: 3))
    for h in 0..<3 { for d in 0..<4 { w1[h, d] = 0.8 * sin(Double(1 + h * 4 + d)) } }
    for k in 0..<3 { for h in 0..<3 { w2[k, h] = 0.9 * cos(Double(1 + k * 3 + h)) } }
    return MarginalizedNoiseReference(
      weights: [w1, w2],
      biases: [(0..<3).map { 0.1 * cos(Double($0)) }, (0..<3).map { 0.05 * Double($0) }],
      noise: MarginalizedNoise(keep: keep, on: on, form: form, approxForm: approxForm))
  }

  private let samples = [[0.2, 0.9, 0, 0.4], [1, 0.1, 0.5, 0.7]]

  @Test func `reproduces the worked example`() {
    let losses = [(samples[0], 2), (samples[1], 0)].map {
      Self.example(.input).logLoss($0.0, label: $0.1)
    }
    #expect(Agreement.error(losses, [0.964326058815, 1.370348377653]) < 1e-10)
    let cases: [(MarginalizedNoiseReference, [Double])] = [
      (Self.example(.hidden), [0.083235632236, 0.083288445881]),
      (Self.example(.input), [0.009858951265, 0.003863672186]),
      (Self.example(.input, .approx), [0.003794934577, 0.006973353427]),
      (Self.example(.input, .approx, .variance), [0.00532227048, 0.009992495729]),
    ]
    for (reference, expected) in cases {
      #expect(Agreement.error(samples.map(reference.penalty), expected) < 1e-10)
    }
    let both = samples.map(Self.example(.both).penalty)
    let parts = samples.map { Self.example(.input).penalty($0) + Self.example(.hidden).penalty($0) }
    #expect(Agreement.error(both, parts) < 1e-12)
  }

  @Test(arguments: [
    (0.9, 0.05556), (0.7, 0.21429), (0.5, 0.5), (0.3, 1.16667), (0.1, 4.5), (0.05, 9.5),
  ])
  func `λ is half the variance of unbiased dropout`(keep: Double, lambda: Double) {
    #expect(abs(MarginalizedNoise(keep: keep, on: .input).lambda - lambda) < 1e-5)
  }

  @Test func `without noise it is 0, and exact and variance forms are never negative`() {
    for on in MarginalizedNoise.Target.allCases {
      for form in MarginalizedNoise.Form.allCases {
        #expect(samples.allSatisfy { Self.example(on, form, keep: 1).penalty($0) == 0 })
        for x in (0..<20).map({ TestNumbers.uniform(4, "x\($0)", in: -2...2) }) {
          #expect(Self.example(on, form, .variance).penalty(x) >= 0)
        }
      }
    }
  }

  /// With little Gaussian noise of variance 2λz² on a unit the expected loss grows by λz²·∂²ℓ/∂z². On
  /// the last hidden layer that is the regularizer, for the outputs are linear there.
  @Test func `on the last hidden layer it is the second-order effect of Gaussian noise`() {
    let reference = Self.example(.hidden)
    for (x, label) in zip(samples, [2, 0]) {
      let z = reference.activations(x).z[1]
      let curvature = z.indices.reduce(0) { sum, unit in
        let step = 1e-4
        let values = [-step, 0, step].map { change -> Double in
          var moved = z
          moved[unit] += change
          return Self.loss(reference, hidden: moved, label)
        }
        let second = (values[0] - 2 * values[1] + values[2]) / (step * step)
        return sum + z[unit] * z[unit] * second
      }
      #expect(abs(reference.noise.lambda * curvature - reference.penalty(x)) < 1e-6)
    }
  }

  /// Dropout's deviations are jumps: its expected loss gap in relation to λ tends to
  /// 2·Σ_j[ℓ(z_j := 0) − ℓ + z_j·∂ℓ/∂z_j].
  @Test func `for dropout of vanishing rate it is not the limit of the expected loss`() {
    var reference = Self.example(.hidden, keep: 1 - 1e-6)
    // With the example's own weights the two happen to agree to four digits.
    reference.weights[1] = reference.weights[1].map { 3 * $0 }
    let (x, label) = (samples[0], 2)
    let z = reference.activations(x).z[1]
    let plain = Self.loss(reference, hidden: z, label)
    let keep = reference.noise.keep
    var expected = 0.0
    for pattern in 0..<8 {
      let mask = (0..<3).map { Double(pattern >> $0 & 1) }
      let probability = mask.reduce(1) { $0 * ($1 == 1 ? keep : 1 - keep) }
      let masked = zip(z, mask).map { $0 * $1 / keep }
      expected += probability * (Self.loss(reference, hidden: masked, label) - plain)
    }
    let limit = z.indices.reduce(0) { sum, unit in
      var (without, above, below) = (z, z, z)
      without[unit] = 0
      above[unit] += 1e-5
      below[unit] -= 1e-5
      let slope =
        (Self.loss(reference, hidden: above, label) - Self.loss(reference, hidden: below, label))
        / 2e-5
      return sum + 2 * (Self.loss(reference, hidden: without, label) - plain + z[unit] * slope)
    }
    let gap = expected / reference.noise.lambda
    #expect(abs(gap - limit) < 1e-3)
    #expect(abs(gap - reference.penalty(x) / reference.noise.lambda) > 0.01)
  }

  /// ℓ as a function of the last hidden layer.
  private static func loss(
    _ reference: MarginalizedNoiseReference, hidden z: [Double], _ label: Int
  ) -> Double {
    let w = reference.weights[1]
    let a = (0..<w.rows).map { k in
      z.indices.reduce(reference.biases[1][k]) { $0 + w[k, $1] * z[$1] }
    }
    return -log(MarginalizedNoiseReference.softmax(a)[label])
  }
}
