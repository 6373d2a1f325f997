import Datasets
import Engine
import Model
import Study

/// The features of some images, with their classes.
struct LabelledFeatures {
  /// Images × features.
  var numbers: [Float] = []
  /// The images' classes.
  var labels: [Int32] = []
}

/// A linear support vector machine on features, with the cost that errs least on validation images.
struct FeatureClassifier {
  let machine: LinearSVM
  /// Its C.
  let cost: Double

  /// Trains a machine for each cost, or one where there are no validation images.
  init(
    _ training: LabelledFeatures, validation: LabelledFeatures, costs: SVMCosts, features: Int,
    classes: Int
  ) {
    func trained(_ cost: Double) -> LinearSVM {
      training.numbers.withUnsafeBufferPointer {
        LinearSVM(
          $0, labels: training.labels, features: features, classes: classes, cost: cost)
      }
    }
    guard !validation.labels.isEmpty else {
      (machine, cost) = (trained(SVMCosts.withoutValidation), SVMCosts.withoutValidation)
      return
    }
    var best: (machine: LinearSVM, cost: Double, error: Double)?
    for cost in costs.values {
      let machine = trained(cost)
      let error = Self.percentWrong(machine, validation)
      if error < best?.error ?? .infinity { best = (machine, cost, error) }
    }
    (machine, cost) =
      best.map { ($0.machine, $0.cost) } ?? (
        trained(SVMCosts.withoutValidation), SVMCosts.withoutValidation
      )
  }

  /// The share of some images that is classified wrongly, in percent.
  func percentWrong(_ features: LabelledFeatures) -> Double {
    Self.percentWrong(machine, features)
  }

  private static func percentWrong(_ machine: LinearSVM, _ features: LabelledFeatures) -> Double {
    let errors = features.numbers.withUnsafeBufferPointer {
      machine.errors($0, labels: features.labels)
    }
    return 100 * Double(errors) / Double(max(1, features.labels.count))
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
