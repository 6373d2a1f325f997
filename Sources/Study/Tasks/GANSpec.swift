import Canonical
import Model

/// A cell that trains a generator of images against a discriminator, to which regularizers attach.
package struct GANSpec: TrainedTask {
  package static let keys = TrainingSetup.keys + ["generator"]
  package static let learner = "a GAN"
  package static let learnsFromImages = true
  package static let isClassifier = false
  package static let hasValidationLoss = false

  /// Its network is the discriminator.
  package let training: TrainingSetup
  package let generator: NetworkChoice

  package init(reading reader: ObjectReader) {
    training = TrainingSetup(reading: reader)
    generator =
      reader.raw("generator").map { NetworkChoice(reading: $0, reader.diagnostics) }
      ?? NetworkChoice(DCGANGenerator())
  }

  package var members: [JSONValue.Member] {
    training.members + [.init("generator", generator.json)]
  }

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
