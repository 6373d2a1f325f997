import Model

/// Trains and evaluates a network whose every output has a number to come near to: autoencoders and
/// regression. A step allocates nothing.
public final class OutputTrainer {
  /// What outputs are compared by; both are means over a sample's outputs.
  public enum Criterion: Sendable {
    /// Outputs are log-odds, targets lie in [0, 1].
    case sigmoidCrossEntropy
    /// Outputs are the numbers themselves.
    case meanSquaredError
  }

  /// The trained network.
  public let network: Network
  private let loss: LossPass<Float>
  private let optimizer: any OptimizerState
  private let updateRegions: [Region]

  /// A trainer with fresh optimizer state.
  public init(network: Network, criterion: Criterion, optimizer: Optimizer) {
    self.network = network
    let (outputs, lanes) = (network.outputCount, network.lanes.count)
    let loss: any Loss<Float> =
      switch criterion {
      case .sigmoidCrossEntropy: SigmoidCrossEntropy(outputs: outputs, lanes: lanes)
      case .meanSquaredError: MeanSquaredError(outputs: outputs, lanes: lanes)
      }
    self.loss = LossPass(loss, targetsPerSample: outputs, start: 0, network: network)
    self.optimizer = optimizer.state(network.parameters)
    updateRegions = network.regions(of: self.optimizer.stages)
  }

  /// One update from the batch in `network.input`.
  /// - Parameters:
  ///   - count: samples in the batch, 1 … the network's capacity.
  ///   - targets: their numbers, `network.outputCount` a sample in the order of the outputs.
  ///   - update: the update's number, which addresses the noise.
  ///   - learningRate: this update's rate.
  /// - Returns: the batch's mean loss before the update.
  public func step(
    count: Int, targets: UnsafePointer<Float>, update: Int, learningRate: Double
  ) -> Double {
    take(targets, count)
    network.forward(count: count, trainingStep: UInt64(update))
    let measurement = loss.measureWithGradient()
    network.backward()
    optimizer.learningRate = learningRate
    network.run(updateRegions)
    return measurement.lossSum / Double(max(count, 1))
  }

  /// The sum of the losses of the batch in `network.input`, without noise.
  public func evaluate(count: Int, targets: UnsafePointer<Float>) -> Double {
    take(targets, count)
    network.forward(count: count, trainingStep: nil)
    return loss.measure().lossSum
  }

  /// Everything that a checkpoint must hold to go on with the same bits: parameters and running
  /// statistics, then the optimizer's buffers.
  public var state: [NamedArray] { network.namedArrays + optimizer.buffers }

  private func take(_ given: UnsafePointer<Float>, _ count: Int) {
    loss.targets.update(from: given, count: count * loss.targetsPerSample)
  }
}

extension Network {
  /// What decides the network's answers: the parameters, then the running statistics.
  public var namedArrays: [NamedArray] {
    parameters.map { NamedArray(name: $0.spec.name, values: $0.values) }
      + statistics.map { NamedArray(name: $0.spec.name, values: $0.values) }
  }
}
