import Model

/// Trains a network to give numbers: a loss between outputs and targets of the same size, and an
/// optimizer. A step allocates nothing.
public final class TargetTrainer {
  /// How outputs are compared with their targets.
  public enum Objective: Sendable {
    /// Binary cross-entropy of log-odds, summed over a sample's outputs as in Caffe.
    case sigmoidCrossEntropy
    /// Squared distance, averaged over a sample's outputs.
    case meanSquaredError
  }

  /// The trained network.
  public let network: Network
  /// The targets, capacity × `network.outputCount`; to be filled before `step` and `evaluate`.
  public let targets: UnsafeMutablePointer<Float>
  /// Called in every step between the backward pass and the update of the parameters, for measurements.
  public var observeGradients: ((TrainingMoment) -> Void)?
  private let update: ParameterUpdate
  private let total: () -> LossMeasurement
  private var lossRegions: [Region] = []
  private var measureRegions: [Region] = []

  /// A trainer with fresh optimizer state.
  public init(network: Network, objective: Objective, optimizer: Optimizer) {
    self.network = network
    let (outputs, lanes) = (network.outputCount, network.lanes.count)
    targets = .allocate(capacity: network.capacity * outputs)
    targets.initialize(repeating: 0, count: network.capacity * outputs)
    update = ParameterUpdate(network, optimizer, clipping: nil)
    func stages(_ loss: some Loss<Float>) -> (loss: Stage, measure: Stage) {
      func stage(_ gradient: UnsafeMutablePointer<Float>?) -> Stage {
        let (z, t) = (network.output, targets)
        return Stage(.lanes) { part, pass in
          loss.measure(
            lane: part.index, samples: part.samples, count: pass.count, outputs: z, targets: t,
            gradient: gradient)
        }
      }
      return (stage(network.outputGradient), stage(nil))
    }
    let both: (loss: Stage, measure: Stage)
    switch objective {
    case .sigmoidCrossEntropy:
      let loss = SigmoidCrossEntropy(outputs: outputs, lanes: lanes, reduction: .sum)
      total = { loss.total }
      both = stages(loss)
    case .meanSquaredError:
      let loss = MeanSquaredError(outputs: outputs, lanes: lanes)
      total = { loss.total }
      both = stages(loss)
    }
    lossRegions = network.regions(of: [both.loss])
    measureRegions = network.regions(of: [both.measure])
  }

  deinit { targets.deallocate() }

  /// One update from the batch in `network.input` and `targets`.
  /// - Parameters:
  ///   - count: samples in the batch, 1 … the network's capacity.
  ///   - update: the update's number, which addresses the noise.
  ///   - learningRate: this update's rate, before the multipliers of parameters.
  ///   - moment: the epoch, on which penalties may depend.
  /// - Returns: the batch's mean loss before the update, without penalties.
  public func step(
    count: Int, update number: Int, learningRate: Double,
    moment: TrainingMoment = TrainingMoment()
  ) -> Double {
    network.forward(count: count, trainingStep: UInt64(number))
    network.run(lossRegions)
    network.backward()
    observeGradients?(moment)
    update.run(learningRate: learningRate, moment: moment)
    return total().lossSum / Double(max(count, 1))
  }

  /// The sum of the losses of the batch in `network.input` and `targets`, without noise.
  public func evaluate(count: Int) -> Double {
    network.forward(count: count, trainingStep: nil)
    network.run(measureRegions)
    return total().lossSum
  }

  /// Everything that a checkpoint must hold to go on with the same bits.
  public var state: [NamedArray] { parameterArrays + update.buffers }

  /// What decides the network's answers.
  public var parameterArrays: [NamedArray] { network.arrays }
}
