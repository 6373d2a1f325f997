import Model

/// Where the time of a training step goes: seconds on a processor by layer and pass, added up over
/// threads.
package struct LayerTimes: Sendable {
  package struct Layer: Sendable {
    /// The layer's name where it has parameters, otherwise its kind and number.
    package let name: String
    /// What the engine compiled it to.
    package let kind: String
    /// Seconds a step in the forward pass.
    package var forward = 0.0
    /// Seconds a step in the backward pass.
    package var backward = 0.0
    /// Seconds a step of adding up the lanes' gradients.
    package var reduction = 0.0
    /// Nominal multiply-adds of a batch's forward pass; 0 where the papers count none.
    package let multiplyAdds: Int
    /// Forward passes of a step.
    package let forwardPasses: Int
    /// Products of a step's backward passes, each as large as a forward pass's.
    package let backwardProducts: Int

    /// Seconds a step in all.
    package var total: Double { forward + backward + reduction }
  }

  /// The layers in the order of the forward pass.
  package let layers: [Layer]
  /// Seconds a step of measuring losses.
  package let loss: Double
  /// Seconds a step of updating the parameters.
  package let update: Double
  /// Seconds that a step takes on the clock.
  package let step: Double
  /// Threads that could work meanwhile.
  package let threads: Int

  /// Seconds a step in which threads did nothing of this, waited for each other or were not let run.
  package var idle: Double {
    step * Double(threads) - layers.reduce(0) { $0 + $1.total } - loss - update
  }

  /// Puts the readings of a subject's stopwatches together.
  /// - Parameters:
  ///   - steps: what the stopwatches ran for.
  ///   - seconds: how long that took.
  init(
    _ subject: BenchmarkSubject, _ stopwatches: [LayerStopwatch], batch: Int, threads: Int,
    steps: Int, seconds: Double
  ) {
    var layers: [Layer] = []
    var places: [String: Int] = [:]
    var (loss, update) = (0.0, 0.0)
    for (network, stopwatch) in zip(subject.networks, stopwatches) {
      let placed = (try? network.spec.placedLayers()) ?? []
      let work = Dictionary(
        placed.map { ($0.name, $0.multiplyAdds) }, uniquingKeysWith: { first, _ in first })
      for reading in stopwatch.readings {
        let time = reading.seconds / Double(steps)
        switch reading.pass {
        case .loss: loss += time
        case .update: update += time
        case .forward, .backward, .reduction:
          let name = network.prefix + reading.layer
          let place = places[name] ?? layers.count
          if place == layers.count {
            layers.append(
              Layer(
                name: name, kind: reading.kind, multiplyAdds: batch * (work[reading.layer] ?? 0),
                forwardPasses: network.forwardPasses, backwardProducts: network.backwardProducts))
            places[name] = place
          }
          layers[place].add(time, reading.pass)
        }
      }
    }
    self.layers = layers
    self.loss = loss
    self.update = update
    self.threads = threads
    step = seconds / Double(steps)
  }
}

extension LayerTimes.Layer {
  fileprivate mutating func add(_ time: Double, _ pass: LayerStopwatch.Pass) {
    switch pass {
    case .forward: forward += time
    case .backward: backward += time
    case .reduction: reduction += time
    case .loss, .update: break
    }
  }
}
