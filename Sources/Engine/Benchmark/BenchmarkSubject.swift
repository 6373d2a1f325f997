import Canonical
import Model

/// What a benchmark trains: one network with the loss that fits its output, or the two of a GAN.
package enum BenchmarkSubject: Hashable, Sendable {
  /// Softmax cross-entropy against random classes.
  case classifier(NetworkSpec)
  /// Log-odds by sigmoid cross-entropy, values by squared error: against the network's own input
  /// where it has as many numbers as the output, otherwise against random numbers.
  case outputs(NetworkSpec)
  /// A generator and a discriminator, with Adam.
  case adversarial(generator: NetworkSpec, discriminator: NetworkSpec)

  /// The name of the subject of two networks.
  package static let dcgan = "dcgan"

  /// A network on its usual input.
  /// - Parameter regularizers: what it is trained with. Where nil, classifiers without normalization or
  ///   noise of their own get Dropout ½ at their default sites, as the papers train them.
  /// - Throws: `RegularizerConflict` where one cannot attach.
  package static func network(
    _ choice: NetworkChoice, regularizers: [any Regularizer]?
  ) throws(RegularizerConflict) -> BenchmarkSubject {
    let network = choice.network(input: choice.usualInput, classes: 10)
    let isClassifier = network.output == .classScores
    let isRegularized = network.allLayers.contains {
      $0.layer.spec is BatchNormalizationSpec || $0.layer.spec is UnitNoise
    }
    let usual: [any Regularizer] = isClassifier && !isRegularized ? [Dropout(drop: 0.5)] : []
    let trained = try network.attaching(regularizers ?? usual)
    return isClassifier ? .classifier(trained) : .outputs(trained)
  }

  /// The DCGAN of the Shakeout paper on digits, without noise in the discriminator.
  package static let digitsDCGAN = BenchmarkSubject.adversarial(
    generator: NetworkChoice(DCGANGenerator()).network(
      input: NetworkChoice.lenet.usualInput, classes: 1),
    discriminator: NetworkChoice(DCGANDiscriminator()).network(
      input: NetworkChoice.lenet.usualInput, classes: 1))

  /// A network of a subject.
  package struct Member {
    /// What tells its layers from those of another; a single network needs nothing.
    package let prefix: String
    package let spec: NetworkSpec
    /// Forward passes of a training step.
    package let forwardPasses: Int
    /// Products as large as a forward pass's in the backward passes of a step: one for the gradient of
    /// what a layer read, and one for that of its weights where they learn.
    package let backwardProducts: Int
  }

  /// The networks.
  package var networks: [Member] {
    switch self {
    case .classifier(let spec), .outputs(let spec):
      [Member(prefix: "", spec: spec, forwardPasses: 1, backwardProducts: 2)]
    case .adversarial(let generator, let discriminator):
      // The discriminator judges a real image, a made one, and that one again for the generator, from
      // which it learns nothing.
      [
        Member(prefix: "generator.", spec: generator, forwardPasses: 1, backwardProducts: 2),
        Member(
          prefix: "discriminator.", spec: discriminator, forwardPasses: 3, backwardProducts: 5),
      ]
    }
  }

  /// Nominal multiply-adds of one image's share of a training step.
  package func trainingMultiplyAdds() throws(ShapeError) -> Int {
    var sum = 0
    for network in networks {
      sum +=
        (network.forwardPasses + network.backwardProducts) * (try network.spec.multiplyAdds())
    }
    return sum
  }

  /// Images in a step of the network, or of the two, that a name means.
  package static func usualBatch(_ name: String) -> Int {
    NetworkChoice.usualBatch(of: name) ?? DCGANGenerator.usualBatch
  }
}
