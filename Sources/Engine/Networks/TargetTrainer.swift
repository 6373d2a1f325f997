import Model

/// Trains a network to give numbers: a loss between outputs and targets of the same size, and an
/// optimizer. A step allocates nothing.
package final class TargetTrainer {
  /// How outputs are compared with their targets.
  package enum Objective: Sendable {
    /// Binary cross-entropy of log-odds, summed over a sample's outputs as in Caffe.
    case sigmoidCrossEntropy
    /// Squared distance, averaged over a sample's outputs.
    case meanSquaredError
  }

  /// The trained network.
  package let network: Network
  /// Called in every step between the backward pass and the update of the parameters, for measurements.
  package var observeGradients: ((TrainingMoment) -> Void)?
  private let loss: LossPass<Float>
  private let update: ParameterUpdate

  /// A trainer with fresh optimizer state.
  package init(network: Network, objective: Objective, optimizer: Optimizer) {
    self.network = network
    let (outputs, lanes) = (network.outputCount, network.lanes.count)
    let (function, reduction): (ElementwiseLoss.Function, OutputReduction) =
      switch objective {
      case .sigmoidCrossEntropy: (.sigmoidCrossEntropy, .sum)
      case .meanSquaredError: (.squaredError, .mean)
      }
    let loss = ElementwiseLoss(function, outputs: outputs, lanes: lanes, reduction: reduction)
    self.loss = LossPass(loss, targetsPerSample: outputs, start: 0, network: network)
    update = ParameterUpdate(network, optimizer, clipping: nil)
  }

  /// The targets, capacity × `network.outputCount`; to be filled before `step` and `evaluate`.
  package var targets: UnsafeMutablePointer<Float> { loss.targets }

  /// One update from the batch in `network.input` and `targets`.
  /// - Parameters:
  ///   - count: samples in the batch, 1 … the network's capacity.
  ///   - update: the update's number, which addresses the noise.
  ///   - learningRate: this update's rate, before the multipliers of parameters.
  ///   - moment: the epoch, on which penalties may depend.
  /// - Returns: the batch's mean loss before the update, without penalties.
  package func step(
    count: Int, update number: Int, learningRate: Double,
    moment: TrainingMoment
  ) -> Double {
    network.forward(count: count, trainingStep: UInt64(number))
    let measurement = loss.measureWithGradient()
    update.runBackward(learningRate: learningRate, moment: moment, observe: observeGradients)
    return measurement.lossSum / Double(max(count, 1))
  }

  /// The sum of the losses of the batch in `network.input` and `targets`, without noise.
  package func evaluate(count: Int) -> Double {
    network.forward(count: count, trainingStep: nil)
    return loss.measure().lossSum
  }

  /// Everything that a checkpoint must hold to go on with the same bits.
  package var state: [NamedArray] { parameterArrays + update.buffers }

  /// What decides the network's answers.
  package var parameterArrays: [NamedArray] { network.arrays }
}
