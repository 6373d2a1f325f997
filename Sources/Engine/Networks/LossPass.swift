/// A loss bound to the outputs of one network, with memory for a batch's targets: what stands between
/// a forward and a backward pass, whatever is trained. Running it allocates nothing.
final class LossPass<Target> {
  /// The batch's targets, capacity × `targetsPerSample`; to be filled before a run.
  let targets: UnsafeMutablePointer<Target>
  /// How many targets a sample has.
  let targetsPerSample: Int
  private let loss: any Loss<Target>
  private let network: Network
  private let gradientRegions: [Region]
  private let measureRegions: [Region]

  /// Binds a loss that was made for the network's lanes.
  /// - Parameters:
  ///   - targetsPerSample: 1 for classes, the number of outputs for numbers.
  ///   - start: what the targets are at first.
  init(_ loss: any Loss<Target>, targetsPerSample: Int, start: Target, network: Network) {
    self.loss = loss
    self.network = network
    self.targetsPerSample = targetsPerSample
    let count = network.capacity * targetsPerSample
    targets = .allocate(capacity: count)
    targets.initialize(repeating: start, count: count)
    let targets = targets
    let (outputs, gradient) = (network.output, network.outputGradient)
    func stage(_ gradient: UnsafeMutablePointer<Float>?) -> Stage {
      Stage(.lanes) { part, pass in
        loss.measure(
          lane: part.index, samples: part.samples, count: pass.count, outputs: outputs,
          targets: targets, gradient: gradient)
      }
    }
    gradientRegions = network.regions(of: [stage(gradient)])
    measureRegions = network.regions(of: [stage(nil)])
  }

  deinit { targets.deallocate() }

  /// Measures the batch of the last forward pass and fills the network's output gradient.
  func measureWithGradient() -> LossMeasurement {
    network.run(gradientRegions)
    return loss.total
  }

  /// Measures the batch of the last forward pass.
  func measure() -> LossMeasurement {
    network.run(measureRegions)
    return loss.total
  }
}
