import Datasets
import Engine
import Study

extension FeatureSVM {
  /// The layer whose output is classified.
  /// - Throws: `RunnerError` where no memory holds its output.
  func featureLayer(of network: Network) throws(RunnerError) -> String {
    let hidden = network.spec.layers.dropLast().last { network.featureCount(of: $0.name) != nil }
    guard let name = layer ?? hidden?.name, network.featureCount(of: name) != nil else {
      throw .impossibleCell(
        reason: "\(Self.name): the output of \"\(layer ?? network.spec.name)\" is computed inside "
          + "another layer; name the one behind it")
    }
    return name
  }

  /// The machine's accuracy on the test images, in percent, and its cost.
  static func measures(_ task: any NetworkTask, layer: String) -> [Measure] {
    let (feed, network) = (task.feed, task.network)
    guard let count = network.featureCount(of: layer) else { return [] }
    func features(_ images: ImageSet, _ chosen: [Int32]) -> LabelledFeatures {
      feed.features(of: layer, count, images, chosen, network) { samples in
        network.forward(count: samples, trainingStep: nil)
      }
    }
    let classifier = FeatureClassifier(
      features(feed.dataset.training, feed.training),
      validation: features(feed.dataset.training, feed.validation), features: count,
      classes: feed.dataset.facts.classes)
    let wrong = classifier.percentWrong(features(feed.dataset.test, feed.test))
    return [
      Measure(name: "svm_accuracy", value: 100 - wrong),
      Measure(name: "svm_cost", value: classifier.cost),
    ]
  }
}

extension ImageFeed {
  /// What a layer gives for some images.
  /// - Parameters:
  ///   - forward: computes it for a batch of so many images in the network's input.
  func features(
    of layer: String, _ count: Int, _ images: ImageSet, _ chosen: [Int32], _ network: Network,
    _ forward: (_ samples: Int) -> Void
  ) -> LabelledFeatures {
    var features = LabelledFeatures()
    features.numbers.reserveCapacity(chosen.count * count)
    var room = [Float](repeating: 0, count: batch * count)
    forEachBatch(images, chosen, into: [network.input]) { _, samples in
      forward(samples)
      network.copyFeatures(of: layer, count: samples, to: &room)
      features.numbers += room[..<(samples * count)]
      for sample in 0..<samples { features.labels.append(labels[sample]) }
    }
    return features
  }
}
