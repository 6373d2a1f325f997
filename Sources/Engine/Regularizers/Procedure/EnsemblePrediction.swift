import Model

/// Classifies images by the mean over passes with noise, and over networks.
package final class EnsemblePrediction {
  private let mean: EnsembleMean
  private let passes: Int?
  private let capacity: Int

  /// - Parameters:
  ///   - noise: nil for one pass without noise for each network, and the arithmetic mean.
  ///   - capacity: the largest batch.
  package init(noise: MonteCarloPrediction?, capacity: Int, classes: Int) {
    mean = EnsembleMean(noise?.mean ?? .arithmetic, capacity: capacity, classes: classes)
    passes = noise?.passes
    self.capacity = capacity
  }

  /// The first of the numbers that address the noise of predictions; trainings do not come so far.
  private static let firstNoise: UInt64 = 1 << 43

  /// Begins a new batch.
  package func reset() { mean.reset() }

  /// Adds the predictions of a network for the batch in its input.
  /// - Parameter place: the number of the batch's first image, which decides the noise.
  package func add(_ network: Network, count: Int, place: Int) {
    precondition(count <= capacity, "a batch of \(count) in an ensemble for \(capacity)")
    guard let passes else {
      network.forward(count: count, trainingStep: nil)
      mean.add(network.output, count: count)
      return
    }
    for pass in 0..<passes {
      network.predict(count: count, noise: Self.firstNoise + UInt64(place * passes + pass))
      mean.add(network.output, count: count)
    }
  }

  /// Compares the mean predictions with the labels.
  package func measure(
    count: Int, labels: UnsafePointer<Int32>, into measurement: inout PredictionMeasurement
  ) {
    for sample in 0..<count {
      measurement.add(mean.probabilities(sample), label: Int(labels[sample]))
      measurement.varianceSum += mean.variance(sample)
    }
  }
}
