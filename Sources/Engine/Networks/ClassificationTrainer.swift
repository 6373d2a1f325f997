import Model

/// A network's arrays by name, for checkpoints: the memory is the network's or the optimizer's own.
package struct NamedArray {
  /// For example `fc1.weight` or `fc1.weight.velocity`.
  package let name: String
  /// The numbers, to be read or overwritten between steps.
  package let values: UnsafeMutableBufferPointer<Float>

  /// Names an array.
  package init(name: String, values: UnsafeMutableBufferPointer<Float>) {
    self.name = name
    self.values = values
  }
}

/// Trains and evaluates a network as a classifier: softmax cross-entropy, what the network's
/// regularizers add to it, and an optimizer. A step allocates nothing.
package final class ClassificationTrainer {
  /// The trained network.
  package let network: Network
  private let loss: LossPass<Int32>
  private let update: ParameterUpdate
  let lossTerm: (any LossTermPass)?
  /// Called in every step between the backward pass and the update of the parameters, for measurements.
  package var observeGradients: ((TrainingMoment) -> Void)?

  /// A trainer with fresh optimizer state.
  /// - Parameters:
  ///   - network: its output has one number per class.
  ///   - classes: how many classes there are.
  ///   - optimizer: rates, momentum, decay.
  ///   - clipping: the largest norm of all gradients together, or nil for no limit.
  package init(network: Network, classes: Int, optimizer: Optimizer, clipping: Double? = nil) {
    precondition(network.outputCount == classes, "a network of \(network.outputCount) outputs")
    self.network = network
    loss = LossPass(
      SoftmaxCrossEntropy(classes: classes, lanes: network.lanes.count), targetsPerSample: 1,
      start: 0, network: network)
    update = ParameterUpdate(network, optimizer, clipping: clipping)
    lossTerm = network.spec.lossTerm?.accept(LossTermCompiler(network: network))
  }

  /// One update from the batch in `network.input`.
  /// - Parameters:
  ///   - count: images in the batch, 1 … the network's capacity.
  ///   - labels: their classes.
  ///   - update: the update's number, which addresses the noise.
  ///   - learningRate: this update's rate, before the multipliers of parameters.
  ///   - moment: the epoch, on which penalties may depend.
  /// - Returns: the batch's mean loss before the update, without penalties and loss terms.
  package func step(
    count: Int, labels: UnsafePointer<Int32>, update number: Int, learningRate: Double,
    moment: TrainingMoment
  ) -> Double {
    loss.targets.update(from: labels, count: count)
    network.forward(count: count, trainingStep: UInt64(number))
    let measurement = loss.measureWithGradient()
    if let lossTerm {
      lossTerm.run()
      observeGradients?(moment)
      update.run(learningRate: learningRate, moment: moment)
    } else {
      update.runBackward(learningRate: learningRate, moment: moment, observe: observeGradients)
    }
    return measurement.lossSum / Double(max(count, 1))
  }

  /// Classifies the batch in `network.input` without noise.
  /// - Returns: how many images the network gets wrong, and the sum of their losses.
  package func evaluate(
    count: Int, labels: UnsafePointer<Int32>
  ) -> (errors: Int, lossSum: Double) {
    loss.targets.update(from: labels, count: count)
    network.forward(count: count, trainingStep: nil)
    let measurement = loss.measure()
    return (measurement.errors, measurement.lossSum)
  }

  /// Everything that a checkpoint must hold to go on with the same bits: parameters and running
  /// statistics, then the optimizer's buffers.
  package var state: [NamedArray] {
    parameterArrays + update.buffers
  }

  /// What decides the network's answers, in the order in which a hash of the weights reads it: the
  /// parameters, then the running statistics.
  package var parameterArrays: [NamedArray] { network.arrays }
}

/// The backward pass of a network whose loss has a term beside that of its outputs. It takes the place
/// of the network's own.
protocol LossTermPass: AnyObject {
  /// Computes all parameters' gradients from the loss's gradient with respect to the outputs.
  func run()
}

/// Compiles the term of a network's loss.
struct LossTermCompiler: LossTermVisitor {
  let network: Network
}
