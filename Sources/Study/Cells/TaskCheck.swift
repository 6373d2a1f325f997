import Canonical
import Model

/// What a cell's task needs of data, networks and regularizers beyond what every training does.
extension CellCheck {
  /// A computed cell has a formula and what that is about.
  func checkTheory() {
    guard let theory = spec.theory else { return }
    if let conflict = theory.conflict(spec.regularizers) {
      addConflict(conflict.regularizer, conflict.message)
      return
    }
    do throws(RegularizerConflict) {
      _ = try theory.network.attaching(spec.regularizers)
    } catch {
      addConflict(error.regularizer, error.message)
    }
  }

  /// Curves are for regressions, images for everything else.
  /// - Returns: whether the data are of the task's kind.
  func checkKindOfData() -> Bool {
    let name = "\"\(spec.dataset.name)\""
    if spec.task == .regression, spec.dataset.curve == nil {
      add(
        "a regression learns a curve, and \(name) is images", "dataset.name",
        "use the data set \"\(CurveSpec.datasetName)\"")
      return false
    }
    if spec.task != .regression, spec.dataset.curve != nil {
      add(
        "\(name) is points of a curve, from which \"\(spec.task.rawValue)\" learns nothing",
        "dataset.name", "set \"task\": \"regression\"")
      return false
    }
    return true
  }

  /// What the task has no use for.
  func checkTask(_ facts: DatasetFacts) {
    switch spec.task {
    case .classification, .autoencoder, .theory: break
    case .regression:
      if spec.trainSize != nil {
        add(
          "a regression trains on all points", "trainSize", "set \"dataset.curve.points\" instead")
      }
      if spec.training.batch > facts.training {
        add(
          "a batch of \(spec.training.batch) is more than the \(facts.training) points",
          "training.batch", "at most all points: \(facts.training)")
      }
    case .gan:
      if spec.dataset.validation > 0 {
        add(
          "a GAN is not evaluated on images, so holding some out only takes them away",
          "dataset.validation", "leave it out")
      }
      if spec.training.initialWeights != nil {
        add("a GAN's two networks start from drawn weights", "training.initialWeights", nil)
      }
      checkGenerator(facts)
    }
    checkRegularizersOfTask()
  }

  private func checkGenerator(_ facts: DatasetFacts) {
    guard let generator = spec.generatorSpec(facts) else { return }
    do throws(ShapeError) {
      _ = try generator.placedLayers()
      if let mismatch = LearningTask.mismatch(generator: generator, images: facts.shape) {
        add(mismatch, "generator", nil)
      }
    } catch {
      add("\(error.layer): \(error.message)", "generator", nil)
    }
  }

  private func checkRegularizersOfTask() {
    guard spec.task != .classification else { return }
    let learner =
      switch spec.task {
      case .autoencoder: "an autoencoder"
      case .regression: "a regression"
      default: "a GAN"
      }
    for regularizer in spec.regularizers {
      let name = type(of: regularizer).name
      switch type(of: regularizer).attachment {
      case .procedure where !(spec.task == .autoencoder && name == EarlyStopping.name):
        addConflict(name, "wraps classifiers, and \(learner) is none")
      case .lossTerm: addConflict(name, "adds to the loss of classifiers, and \(learner) is none")
      case .dataTransform where !spec.task.usesImages:
        addConflict(name, "changes images, and \(learner) has none")
      default: break
      }
    }
  }
}
