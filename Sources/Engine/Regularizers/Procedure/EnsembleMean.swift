import Model

/// The mean of several predictions of a batch: probabilities of classes from the logits of networks, or
/// of passes of one network.
final class EnsembleMean {
  private let kind: PredictionMean
  private let classes: Int
  private let sums: UnsafeMutableBufferPointer<Float>
  /// Sums of the probabilities and of their squares, whatever mean is taken.
  private let moments: UnsafeMutableBufferPointer<SIMD2<Double>>
  private let row: UnsafeMutablePointer<Float>
  private var predictions = 0

  /// Room for batches of up to `capacity` samples.
  init(_ kind: PredictionMean, capacity: Int, classes: Int) {
    self.kind = kind
    self.classes = classes
    sums = .allocate(capacity: capacity * classes)
    sums.initialize(repeating: 0)
    moments = .allocate(capacity: capacity * classes)
    moments.initialize(repeating: .zero)
    row = .allocate(capacity: classes + 8)
    row.initialize(repeating: 0, count: classes + 8)
  }

  deinit {
    sums.deallocate()
    moments.deallocate()
    row.deallocate()
  }

  /// Forgets the predictions.
  func reset() {
    sums.update(repeating: 0)
    moments.update(repeating: .zero)
    predictions = 0
  }

  /// Adds one prediction: the logits of `count` samples.
  func add(_ logits: UnsafePointer<Float>, count: Int) {
    predictions += 1
    for sample in 0..<count {
      softmax(logits + sample * classes, row, classes)
      for k in 0..<classes {
        let p = Double(row[k])
        moments[sample * classes + k] += SIMD2(p, p * p)
      }
      if kind == .geometric { logarithm() }
      for k in 0..<classes { sums[sample * classes + k] += row[k] }
    }
  }

  /// The mean probabilities of a sample.
  func probabilities(_ sample: Int) -> [Float] {
    let own = sums[sample * classes..<(sample + 1) * classes]
    let mean = own.map { $0 / Float(max(1, predictions)) }
    guard kind == .geometric else { return mean }
    let normalized = UnsafeMutablePointer<Float>.allocate(capacity: classes + 8)
    defer { normalized.deallocate() }
    mean.withUnsafeBufferPointer { softmaxOfMean($0, normalized) }
    return Array(UnsafeBufferPointer(start: normalized, count: classes))
  }

  /// How far the predictions of a sample differ: the variance of each class's probability over them,
  /// summed over the classes.
  func variance(_ sample: Int) -> Double {
    let n = Double(max(1, predictions))
    return moments[sample * classes..<(sample + 1) * classes].reduce(0) { sum, moment in
      let mean = moment[0] / n
      return sum + max(0, moment[1] / n - mean * mean)
    }
  }

  private func softmaxOfMean(
    _ mean: UnsafeBufferPointer<Float>, _ target: UnsafeMutablePointer<Float>
  ) {
    if let base = mean.baseAddress { softmax(base, target, classes) }
  }

  /// row ← ln row, bounded where a probability has left the range of numbers.
  private func logarithm() {
    for start in stride(from: 0, to: classes, by: 8) {
      let width = min(8, classes - start)
      let logs = VectorMath.log(load(row + start, first: width))
      let bounded = logs.replacing(with: -104, where: logs .< -104)
      store(bounded, row + start, column: start, of: classes)
    }
  }
}

/// What a set of images says of a classifier.
package struct PredictionMeasurement: Equatable, Sendable {
  /// Images that are classified wrongly; the lowest class wins ties, and a prediction that is no
  /// number is an error.
  package var errors = 0
  /// The sum of −ln(probability of the label).
  package var lossSum = 0.0
  /// The sum of the predictions' entropies, in nats; 0 where it was not measured.
  package var entropySum = 0.0
  /// The sum over images of how far their predictions differ: the variance of each class's probability
  /// over the predictions, summed over the classes; 0 where it was not measured.
  package var varianceSum = 0.0

  /// No images.
  package init() {}

  /// Adds one prediction.
  mutating func add(_ probabilities: [Float], label: Int) {
    var best = 0
    for k in probabilities.indices where probabilities[k] > probabilities[best] { best = k }
    if best != label || !probabilities.allSatisfy(\.isFinite) { errors += 1 }
    let p = SIMD8<Float>(repeating: probabilities[label])
    lossSum -= Double(VectorMath.log(p)[0])
    entropySum += Self.entropy(probabilities)
  }

  /// −Σ p·ln p.
  static func entropy(_ probabilities: [Float]) -> Double {
    probabilities.reduce(0) { sum, p in
      p > 0 ? sum - Double(p * VectorMath.log(SIMD8(repeating: p))[0]) : sum
    }
  }
}
