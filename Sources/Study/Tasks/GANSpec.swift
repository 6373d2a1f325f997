import Canonical
import Model

/// A cell that trains a generator of images against a discriminator, to which regularizers attach.
package struct GANSpec: TrainedTask {
  package static let blank = GANSpec()
  package static let fields: [Field<GANSpec>] =
    Field.inline(TrainingSetup.fields, \.training) + [
      .network(
        "generator", \.generator, .optional,
        "the network that makes images, where two play against each other")
    ]

  package static let learner = "a GAN"
  package static let learnsFromImages = true
  package static let isClassifier = false
  package static let hasValidationLoss = false

  /// Its network is the discriminator.
  package var training = TrainingSetup.blank
  package private(set) var generator = NetworkChoice(DCGANGenerator())

  package var tableMetrics: [Metric] {
    [.valueRange, .largestSpike]
  }

  /// What makes images of the data's shape.
  package func generatorSpec(_ facts: DatasetFacts) -> NetworkSpec {
    generator.network(input: facts.shape, classes: 1)
  }

  package func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    guard let shape = try? network.outputShape(), network.output != .logOdds || shape.count != 1
    else { return nil }
    return "\(network.name) does not end in the log-odds that an image is real; "
      + "\"\(DCGANDiscriminator.family)\" does"
  }

  package func checkNeeds(_ facts: DatasetFacts, _ check: CellCheck) {
    if training.dataset.validation > 0 {
      check.add(
        "a GAN is not evaluated on images, so holding some out only takes them away",
        "dataset.validation", "leave it out")
    }
    if training.recipe.initialWeights != nil {
      check.add("a GAN's two networks start from drawn weights", "training.initialWeights", nil)
    }
    let generator = generatorSpec(facts)
    do throws(ShapeError) {
      let shape = try generator.outputShape()
      if generator.output != .values {
        check.add(
          "\(generator.name) does not make values of pixels; \"\(DCGANGenerator.family)\" does",
          "generator", nil)
      } else if shape != facts.shape {
        check.add(
          "\(generator.name) makes images of \(shape), not \(facts.shape)", "generator", nil)
      }
    } catch {
      check.add("\(error.layer): \(error.problem)", "generator", nil)
    }
  }
}
