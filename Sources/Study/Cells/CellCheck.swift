import Canonical
import Model

/// Looks at a cell as a whole: whether the data are known and suffice, whether the layers fit, and
/// whether the regularizers can attach.
package struct CellCheck {
  /// More parameters than this are taken for a mistake.
  static let parameterLimit = 1_000_000_000

  let cell: Cell
  /// What the cell was read from, for the places of errors.
  let document: JSONValue
  let diagnostics: DiagnosticCollector

  var spec: CellSpec { cell.spec }

  /// Adds what is wrong to the diagnostics.
  func run() { spec.work.spec.check(self) }

  /// Adds what is wrong with a cell that trains.
  func checkTraining<Task: TrainedTask>(of task: Task) {
    let setup = task.training
    guard let facts = setup.facts else {
      // That user files cannot be read has been reported where they are named.
      if setup.dataset.files != nil, diagnostics.hasErrors { return }
      let known =
        KnownDataset.all.map(\.name) + [SyntheticSpec.datasetName, CurveSpec.datasetName]
      add(
        "unknown data set \"\(setup.dataset.name)\"", "dataset.name",
        Advice.among(known, insteadOf: setup.dataset.name))
      return
    }
    guard checkKindOfData(task) else { return }
    checkSizes(setup, facts)
    checkImages(setup, facts)
    task.checkNeeds(facts, self)
    checkRegularizers(task)
    checkNetwork(task, facts)
    checkProcedures(task)
  }

  /// Curves are for regressions, images for everything else.
  /// - Returns: whether the data are of the task's kind.
  private func checkKindOfData<Task: TrainedTask>(_ task: Task) -> Bool {
    let dataset = task.training.dataset
    let isCurve = dataset.curve != nil
    guard isCurve == Task.learnsFromImages else { return true }
    if isCurve {
      add(
        "\"\(dataset.name)\" is points of a curve, from which \"\(spec.task.rawValue)\" learns "
          + "nothing", "dataset.name", "set \"task\": \"\(LearningTask.regression.rawValue)\"")
    } else {
      add(
        "\(Task.learner) learns a curve, and \"\(dataset.name)\" is images", "dataset.name",
        "use the data set \"\(CurveSpec.datasetName)\"")
    }
    return false
  }

  private func checkSizes(_ setup: TrainingSetup, _ facts: DatasetFacts) {
    let validation = setup.dataset.validation
    let images = setup.trainingImages(facts)
    let place = setup.trainSize == nil ? "dataset.validation" : "trainSize"
    if validation + images > facts.training {
      add(
        "\(images) training and \(validation) validation images are more than "
          + "the \(facts.training) training images of \(facts.name), which has \(facts.test) more to "
          + "test on", place,
        "at most \(max(0, facts.training - validation)) beside this validation split")
    } else if images == 0 {
      add("the validation split leaves no training images", place, nil)
    } else if setup.recipe.lastBatch == .drop, images < setup.recipe.batch {
      add(
        "\(images) images never fill a batch of \(setup.recipe.batch)",
        "training.batch", "use a smaller batch, or another \"lastBatch\" than \"drop\"")
    }
  }

  private func checkImages(_ setup: TrainingSetup, _ facts: DatasetFacts) {
    if let problem = setup.dataset.normalization.problem(channels: facts.shape.channels) {
      add(problem, "dataset.normalize", nil)
    }
    for (index, step) in setup.dataset.augmentation.steps.enumerated() {
      if let problem = step.problem(on: facts.shape) {
        add("\(type(of: step).name): \(problem)", "dataset.augment.\(index)", nil)
      }
    }
  }

  /// Regularizers that the task has no place for.
  private func checkRegularizers<Task: TrainedTask>(_ task: Task) {
    for regularizer in spec.regularizers {
      let name = type(of: regularizer).name
      switch type(of: regularizer).attachment {
      case .procedure where !Task.suits((regularizer as? any Procedure).map { type(of: $0).need }):
        addConflict(name, "wraps classifiers, and \(Task.learner) is none")
      case .lossTerm where !Task.isClassifier:
        addConflict(name, "adds to the loss of classifiers, and \(Task.learner) is none")
      case .dataTransform where !Task.learnsFromImages:
        addConflict(name, "changes images, and \(Task.learner) has none")
      case .dataTransform, .unitNoise, .linearReplacement, .activationReplacement, .lossTerm,
        .penalty, .procedure:
        break
      }
    }
  }

  private func checkNetwork<Task: TrainedTask>(_ task: Task, _ facts: DatasetFacts) {
    let setup = task.training
    let plain = task.network(on: facts)
    do throws(ShapeError) {
      let parameters = try plain.placedLayers().flatMap(\.parameters)
      let count = parameters.reduce(0) { $0 + $1.count }
      if count > Self.parameterLimit {
        add("\(setup.network.name) would have \(count) parameters", "network", nil)
      }
      checkMultipliers(setup, parameters.map(\.name))
      if let mismatch = task.mismatch(plain, classes: facts.classes) {
        add(mismatch, "network", nil)
      }
      if setup.recipe.initialWeights != nil { _ = try plain.weightLayouts() }
    } catch {
      add("\(error.layer): \(error.problem)", "network", nil)
      return
    }
    do throws(RegularizerConflict) {
      _ = try spec.networkSpec(facts)
    } catch {
      addConflict(error.regularizer, error.problem)
      return
    }
    checkMeasurements(setup, facts)
  }

  /// Whether everything that is to be measured is there.
  private func checkMeasurements(_ setup: TrainingSetup, _ facts: DatasetFacts) {
    guard !setup.measurements.isEmpty, let measured = try? MeasuredCell(spec, setup, facts)
    else { return }
    for measurement in setup.measurements {
      let name = type(of: measurement).name
      let place = document["measure"]?.elements?.first {
        $0.stringValue == name || $0["name"]?.stringValue == name
      }
      func add(_ severity: Diagnostic.Severity, _ misfit: MeasurementMisfit) {
        diagnostics.add(
          Diagnostic(
            severity, at: place?.location ?? document.location, "\(name): \(misfit.message)",
            advice: misfit.advice))
      }
      do throws(MeasurementMisfit) {
        try measurement.check(measured)
        if let warning = measurement.warning(measured) { add(.warning, warning) }
      } catch {
        add(.error, error)
      }
    }
  }

  /// What procedures need of the cell beside its network.
  private func checkProcedures<Task: TrainedTask>(_ task: Task) {
    let procedures = spec.regularizers.compactMap { $0 as? any Procedure }
    let names = procedures.map { type(of: $0).name }
    for name in Set(names) where names.count(where: { $0 == name }) > 1 {
      addConflict(name, "given twice")
    }
    if !Task.isClassifier, task.training.recipe.clipNorm != nil {
      add("only classifiers clip their gradients", "training.clipNorm", nil)
    }
    for procedure in procedures {
      let name = type(of: procedure).name
      guard type(of: procedure).need == .validationLoss else { continue }
      if task.training.dataset.validation == 0 {
        addConflict(name, "needs a validation loss", advice: "set \"dataset.validation\"")
      }
      if task.training.evaluation == .atEnd {
        addConflict(
          name, "needs evaluations before the end",
          advice: "set \"evaluation\": {\"everyEpochs\": 1}, or \"every\" for updates")
      }
      if let several = procedures.first(where: { $0.networks > 1 }) {
        addConflict(
          name,
          "stops one training and not the many of \"\(type(of: several).name)\", which end with "
            + "their epochs")
      }
    }
  }

  /// Says why a regularizer does not fit, at its place in the config.
  func addConflict(_ regularizer: String, _ message: String, advice: String? = nil) {
    let elements = document["regularizers"]?.elements ?? []
    let place = elements.last { $0["name"]?.stringValue == regularizer }?.location
    diagnostics.add(
      Diagnostic(at: place ?? document.location, "\(regularizer): \(message)", advice: advice))
  }

  /// A multiplier whose pattern matches nothing is a typing mistake.
  private func checkMultipliers(_ setup: TrainingSetup, _ parameters: [String]) {
    for (index, multiplier) in setup.recipe.optimizer.multipliers.enumerated()
    where !parameters.contains(where: multiplier.matches) {
      add(
        "no parameter of \(setup.network.name) matches \"\(multiplier.pattern)\"",
        "training.optimizer.multipliers.\(index).parameters",
        "parameters: \(parameters.joined(separator: ", "))")
    }
  }

  /// Says what is wrong at a path of the config.
  func add(_ message: String, _ path: String, _ advice: String?) {
    let place = DocumentPath(path)?.value(in: document)?.location ?? document.location
    diagnostics.add(Diagnostic(at: place, message, advice: advice))
  }
}
