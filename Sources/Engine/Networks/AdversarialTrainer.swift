import Model

/// Trains a generator and a discriminator against each other (Goodfellow et al. 2014, with the
/// generator's non-saturating loss): in every step one update of the discriminator, on a batch of real
/// and one of made images, then one of the generator through the updated discriminator and the same
/// made images. Batch normalization sees real and made images apart. A step allocates nothing.
package final class AdversarialTrainer {
  /// What a step found, before its updates.
  package struct Losses: Equatable, Sendable {
    /// −(E ln D(x) + E ln(1 − D(G(z)))), which is 2·ln 2 where the discriminator knows nothing.
    package var discriminator: Double
    /// −E ln D(G(z)).
    package var generator: Double
  }

  /// Makes images from the noise in its `input`.
  package let generator: Network
  /// Gives the log-odds that an image is real.
  package let discriminator: Network
  private let generatorUpdate: ParameterUpdate
  private let discriminatorUpdate: ParameterUpdate
  private let loss: LossPass<Float>
  private let gradientSum: GradientSum

  /// A trainer with fresh optimizer states.
  /// - Parameters:
  ///   - generator: as many outputs as the discriminator has inputs.
  ///   - discriminator: one output; compiled with `passesInputGradient`.
  ///   - optimizer: rates, momentum, decay of both.
  package init(generator: Network, discriminator: Network, optimizer: Optimizer) {
    precondition(
      generator.outputCount == discriminator.spec.input.count && discriminator.outputCount == 1
        && discriminator.inputGradient != nil && generator.capacity == discriminator.capacity,
      "networks that do not fit each other")
    self.generator = generator
    self.discriminator = discriminator
    generatorUpdate = ParameterUpdate(generator, optimizer, clipping: nil)
    discriminatorUpdate = ParameterUpdate(discriminator, optimizer, clipping: nil)
    loss = LossPass(
      ElementwiseLoss(
        .sigmoidCrossEntropy, outputs: 1, lanes: discriminator.lanes.count, reduction: .mean),
      targetsPerSample: 1, start: 0, network: discriminator)
    gradientSum = GradientSum(discriminator)
  }

  /// One update of both from the noise in `generator.input`.
  /// - Parameters:
  ///   - count: real images, and as many made ones.
  ///   - images: the real images, channels last.
  ///   - update: the update's number, which addresses the noise of layers.
  ///   - learningRate: this update's rate, before the multipliers of parameters.
  ///   - moment: the epoch, on which penalties may depend.
  package func step(
    count: Int, images: UnsafePointer<Float>, update: Int, learningRate: Double,
    moment: TrainingMoment
  ) -> Losses {
    generator.forward(count: count, trainingStep: UInt64(update))
    // Three passes of one update must not share the masks of noise layers.
    let first = 3 * UInt64(update)
    let real = judge(images, count, isReal: true, trainingStep: first)
    discriminator.backward()
    gradientSum.keep()
    let made = judge(generator.output, count, isReal: false, trainingStep: first + 1)
    discriminator.backward()
    gradientSum.add()
    discriminatorUpdate.run(learningRate: learningRate, moment: moment)

    let deceived = judge(generator.output, count, isReal: true, trainingStep: first + 2)
    discriminator.backward(learns: false)
    if let gradient = discriminator.inputGradient {
      generator.outputGradient.update(from: gradient, count: count * generator.outputCount)
    }
    generatorUpdate.runBackward(learningRate: learningRate, moment: moment, observe: nil)
    return Losses(discriminator: real + made, generator: deceived)
  }

  /// Everything that a checkpoint must hold, the generator's arrays before the discriminator's.
  package var state: [NamedArray] {
    Self.named(.generator, generator.arrays + generatorUpdate.buffers)
      + Self.named(.discriminator, discriminator.arrays + discriminatorUpdate.buffers)
  }

  /// What decides the networks' answers, the generator's arrays before the discriminator's.
  package var parameterArrays: [NamedArray] {
    Self.named(.generator, generator.arrays) + Self.named(.discriminator, discriminator.arrays)
  }

  /// Which of the two networks an array belongs to: what stands before its name, and a dot.
  package enum Side: String, Sendable {
    /// What makes images.
    case generator
    /// What judges them.
    case discriminator
  }

  private static func named(_ side: Side, _ arrays: [NamedArray]) -> [NamedArray] {
    arrays.map { NamedArray(name: "\(side.rawValue).\($0.name)", values: $0.values) }
  }

  /// The discriminator's mean loss on images that pass for real or made; leaves its gradient.
  private func judge(
    _ images: UnsafePointer<Float>, _ count: Int, isReal: Bool, trainingStep: UInt64
  ) -> Double {
    discriminator.input.update(from: images, count: count * discriminator.spec.input.count)
    loss.targets.update(repeating: isReal ? 1 : 0, count: count)
    discriminator.forward(count: count, trainingStep: trainingStep)
    return loss.measureWithGradient().lossSum / Double(max(count, 1))
  }
}
