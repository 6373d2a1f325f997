import Canonical
import Model

/// Looks at a cell as a whole: whether the data are known and suffice, whether the layers fit, and
/// whether the regularizers can attach.
struct CellCheck {
  /// More parameters than this are taken for a mistake.
  static let parameterLimit = 1_000_000_000

  let cell: Cell
  /// What the cell was read from, for the places of errors.
  let document: JSONValue
  let diagnostics: DiagnosticCollector

  var spec: CellSpec { cell.spec }

  /// Adds what is wrong to the diagnostics.
  func run() {
    if spec.task == .theory {
      checkTheory()
      return
    }
    guard spec.dataset.name != DatasetSpec.nothing.name, let facts = DatasetFacts.of(spec.dataset)
    else {
      let known =
        DatasetFacts.all.map(\.name) + [SyntheticSpec.datasetName, CurveSpec.datasetName]
      add(
        "unknown data set \"\(spec.dataset.name)\"", "dataset.name",
        Advice.among(known, insteadOf: spec.dataset.name))
      return
    }
    guard checkKindOfData() else { return }
    checkSizes(facts)
    checkImages(facts)
    checkTask(facts)
    checkNetwork(facts)
    checkProcedures()
  }

  private func checkSizes(_ facts: DatasetFacts) {
    let validation = spec.dataset.validation
    let place = spec.trainSize == nil ? "dataset.validation" : "trainSize"
    if validation + spec.trainingImages(facts) > facts.training {
      add(
        "\(spec.trainingImages(facts)) training and \(validation) validation images are more than "
          + "the \(facts.training) of \(facts.name)", place,
        "at most \(max(0, facts.training - validation)) beside this validation split")
    } else if spec.trainingImages(facts) == 0 {
      add("the validation split leaves no training images", place, nil)
    } else if spec.training.lastBatch == .drop,
      spec.trainingImages(facts) < spec.training.batch
    {
      add(
        "\(spec.trainingImages(facts)) images never fill a batch of \(spec.training.batch)",
        "training.batch", "use a smaller batch, or another \"lastBatch\" than \"drop\"")
    }
  }

  private func checkImages(_ facts: DatasetFacts) {
    if let problem = spec.dataset.normalization.problem(channels: facts.shape.channels) {
      add(problem, "dataset.normalize", nil)
    }
    for (index, step) in spec.dataset.augmentation.steps.enumerated() {
      if let problem = step.problem(on: facts.shape) {
        add("\(type(of: step).name): \(problem)", "dataset.augment.\(index)", nil)
      }
    }
  }

  private func checkNetwork(_ facts: DatasetFacts) {
    let plain = spec.network.network(input: facts.shape, classes: facts.classes)
    do throws(ShapeError) {
      let parameters = try plain.placedLayers().flatMap(\.parameters)
      let count = parameters.reduce(0) { $0 + $1.count }
      if count > Self.parameterLimit {
        add("\(spec.network.name) would have \(count) parameters", "network", nil)
      }
      checkMultipliers(parameters.map(\.name))
      if let mismatch = spec.task.mismatch(plain, classes: facts.classes) {
        add(mismatch, "network", nil)
      }
      if spec.training.initialWeights != nil { _ = try plain.weightLayouts() }
    } catch {
      add("\(error.layer): \(error.message)", "network", nil)
      return
    }
    do throws(RegularizerConflict) {
      _ = try spec.networkSpec(facts)
    } catch {
      addConflict(error.regularizer, error.message)
      return
    }
    checkMeasurements(facts)
  }

  /// Whether everything that is to be measured is there.
  private func checkMeasurements(_ facts: DatasetFacts) {
    guard !spec.measurements.isEmpty, let measured = try? MeasuredCell(spec, facts) else { return }
    for measurement in spec.measurements {
      let name = type(of: measurement).name
      do throws(MeasurementMisfit) {
        try measurement.check(measured)
      } catch {
        let place = document["measure"]?.elements?.first {
          $0.stringValue == name || $0["name"]?.stringValue == name
        }
        diagnostics.add(
          Diagnostic(
            at: place?.location ?? document.location, "\(name): \(error.message)",
            advice: error.advice))
      }
    }
  }

  /// What procedures need of the cell beside its network.
  private func checkProcedures() {
    let names = spec.regularizers.filter { type(of: $0).attachment == .procedure }
      .map { type(of: $0).name }
    for name in Set(names) where names.count(where: { $0 == name }) > 1 {
      addConflict(name, "given twice")
    }
    if spec.task != .classification, spec.training.clipNorm != nil {
      add("only classifiers clip their gradients", "training.clipNorm", nil)
    }
    guard names.contains(EarlyStopping.name) else { return }
    if spec.dataset.validation == 0 {
      addConflict(
        EarlyStopping.name, "needs a validation loss", advice: "set \"dataset.validation\"")
    }
    if spec.evaluation == .atEnd {
      addConflict(
        EarlyStopping.name, "needs evaluations before the end",
        advice: "set \"evaluation\": {\"everyEpochs\": 1}, or \"every\" for updates")
    }
    if names.contains(Bagging.name) {
      addConflict(
        EarlyStopping.name,
        "stops one training and not the many of \"\(Bagging.name)\", which end with their epochs")
    }
  }

  func addConflict(_ regularizer: String, _ message: String, advice: String? = nil) {
    let elements = document["regularizers"]?.elements ?? []
    let place = elements.last { $0["name"]?.stringValue == regularizer }?.location
    diagnostics.add(
      Diagnostic(at: place ?? document.location, "\(regularizer): \(message)", advice: advice))
  }

  /// A multiplier whose pattern matches nothing is a typing mistake.
  private func checkMultipliers(_ parameters: [String]) {
    for (index, multiplier) in spec.training.optimizer.multipliers.enumerated()
    where !parameters.contains(where: multiplier.matches) {
      add(
        "no parameter of \(spec.network.name) matches \"\(multiplier.pattern)\"",
        "training.optimizer.multipliers.\(index).parameters",
        "parameters: \(parameters.joined(separator: ", "))")
    }
  }

  func add(_ message: String, _ path: String, _ advice: String?) {
    let place = DocumentPath(path)?.value(in: document)?.location ?? document.location
    diagnostics.add(Diagnostic(at: place, message, advice: advice))
  }
}
