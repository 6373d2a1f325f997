import Datasets
import Engine
import Study

extension FeatureSVM: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double {
    Double(
      cell.setup.trainingImages(cell.facts) + cell.setup.dataset.validation + cell.facts.test)
  }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    let task = try run.network(for: Self.name)
    let layer = try featureLayer(of: task.network)
    return FinalWeightsRecorder {
      FinalMeasurement(measures: Self.measures(task, layer: layer))
    }
  }

  /// The layer whose output is classified.
  /// - Throws: `RunnerError` where no memory holds its output.
  private func featureLayer(of network: Network) throws(RunnerError) -> String {
    let hidden = network.spec.layers.dropLast().last { network.featureCount(of: $0.name) != nil }
    guard let name = layer ?? hidden?.name, network.featureCount(of: name) != nil else {
      throw .impossibleCell(
        reason: "\(Self.name): the output of \"\(layer ?? network.spec.name)\" is computed inside "
          + "another layer; name the one behind it")
    }
    return name
  }

  /// The machine's accuracy on the test images, in percent, and its cost.
  private static func measures(_ task: any NetworkTask, layer: String) -> [Measure] {
    let (feed, network) = (task.feed, task.network)
    guard let count = network.featureCount(of: layer) else { return [] }
    func features(_ images: ImageSet, _ chosen: [Int32]) -> LabelledFeatures {
      feed.features(of: layer, count, images, chosen, network) { samples in
        network.forward(count: samples, trainingStep: nil)
      }
    }
    let classifier = FeatureClassifier(
      features(feed.dataset.training, feed.training),
      validation: features(feed.dataset.training, feed.validation), costs: .usual,
      features: count,
      classes: feed.dataset.facts.classes)
    let wrong = classifier.percentWrong(features(feed.dataset.test, feed.test))
    return [
      Measure(.svmAccuracy, 100 - wrong), Measure(.svmCost, classifier.cost),
    ]
  }
}
