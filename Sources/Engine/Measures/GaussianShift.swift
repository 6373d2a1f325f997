import Model

/// Var(evaluation)/Var(training) of what a network gives for inputs from N(0, 1): how much the spread
/// of a layer's output shifts when its noise is taken out (Liang, Khoo, Yang, equation 15).
package struct GaussianShift {
  private let network: Network
  private let stream: RandomStream

  /// For a network with or without weights; its input and memory are used.
  package init(_ network: Network) {
    self.network = network
    stream = network.root.stream(.synthesis, "gaussian input")
  }

  /// Sums of one phase.
  private struct Moments {
    var count = 0.0
    var sum = 0.0
    var squares = 0.0

    var variance: Double { squares / count - (sum / count) * (sum / count) }
  }

  /// Measures both phases on the same numbers, of which there are at least `samples`.
  package func ratio(samples: Int) -> Double {
    var (training, evaluation) = (Moments(), Moments())
    let inputs = network.spec.input.count
    let passes = max(1, (samples + network.capacity * inputs - 1) / (network.capacity * inputs))
    for pass in 0..<passes {
      fill(pass)
      network.forward(count: network.capacity, trainingStep: UInt64(pass))
      add(to: &training)
      // The first layer may have worked in place.
      fill(pass)
      network.forward(count: network.capacity, trainingStep: nil)
      add(to: &evaluation)
    }
    return evaluation.variance / training.variance
  }

  private func fill(_ pass: Int) {
    let count = network.capacity * network.spec.input.count
    let lanes = PhiloxLanes(stream, position: UInt64(pass))
    lanes.fill(UnsafeMutableBufferPointer(start: network.input, count: count)) {
      lanes.normals($0)
    }
  }

  private func add(to moments: inout Moments) {
    for index in 0..<network.capacity * network.outputCount {
      let y = Double(network.output[index])
      moments.sum += y
      moments.squares += y * y
    }
    moments.count += Double(network.capacity * network.outputCount)
  }
}
