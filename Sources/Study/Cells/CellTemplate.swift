import Canonical

/// The cells of one arm at one combination of the axes: a document in which only the selected
/// values are open.
struct CellTemplate: Sendable {
  /// The place in the study's order.
  let order: Int
  /// The arm's name.
  let armName: String
  /// The axes' values in order.
  let axes: [AxisValue]
  /// Axes, the arm's patch and the matching overrides applied to the study's cell.
  let document: JSONValue
  /// The open values in written order.
  let selections: [Selection]
  /// Where the hyper-parameters stand, selected or fixed, in written order.
  private let numbers: [HyperparameterPlace]
  /// Training images.
  let n: Double?

  /// Applies axes, arm and overrides. Axes that reach into regularizers come after the arm, which
  /// brings them; all others before it, so that an arm may patch what an axis sets.
  init(
    cell base: JSONValue, axes: [Axis], combination: [Int], arm: Arm, order: Int,
    overrides: [Override], _ diagnostics: DiagnosticCollector
  ) {
    let chosen = zip(axes, combination).map { (axis: $0, index: $1) }
    let values = chosen.map { AxisValue(key: $0.axis.key, value: $0.axis.values[$0.index]) }
    func setting(_ document: JSONValue, regularizers: Bool) -> JSONValue {
      chosen.reduce(document) { document, choice in
        let axis = choice.axis
        guard (axis.path.steps[0] == "regularizers") == regularizers else { return document }
        do throws(DocumentPath.Problem) {
          return try axis.path.setting(
            axis.documents[choice.index], in: document, place: axis.place)
        } catch {
          diagnostics.add(Diagnostic(at: axis.place, error.message, advice: error.advice))
          return document
        }
      }
    }
    var document = setting(base, regularizers: false)
    document = Patch.merge(document, arm.patch, diagnostics)
    document = setting(document, regularizers: true)
    for override in overrides where override.filter.matches(arm: arm.name, axes: values) {
      document = Patch.merge(document, override.patch, diagnostics)
    }
    self.order = order
    armName = arm.name
    self.axes = values
    self.document = document
    n = CellSpec.trainingImages(of: document).map { Double($0) }
    let found = Selection.all(in: document, n: n, diagnostics)
    let numbers = HyperparameterPlace.all(in: document, selections: found, n: n)
    self.numbers = numbers
    selections = found.map { selection in
      var named = selection
      named.name = numbers.first { $0.path == selection.path }?.name ?? ""
      return named
    }
  }

  /// The document with the selections closed, one value for each.
  func filled(_ values: [JSONValue]) -> JSONValue {
    zip(selections, values).reduce(document) { document, pair in
      pair.0.path.replacing(in: document, with: pair.1)
    }
  }

  /// The cell with the selections closed; problems go to `diagnostics`.
  func cell(
    _ stage: Cell.Stage, trial: Int, seed: UInt32, values: [JSONValue],
    _ diagnostics: DiagnosticCollector
  ) -> Cell {
    var filled = filled(values)
    // Candidates are not measured, so that what is measured does not decide their ids.
    if stage != .final { filled["measure"] = nil }
    return Cell(
      arm: armName, axes: axes, stage: stage, trial: trial,
      hyperparameters: hyperparameters(of: filled), selected: Set(selections.map(\.name)),
      spec: CellSpec(
        document: filled, seed: seed, trial: UInt32(clamping: trial), diagnostics))
  }

  /// The hyper-parameter called `name` once the selections are closed, selected or fixed.
  func hyperparameter(_ name: String, closedBy values: [JSONValue]) -> Double? {
    hyperparameters(of: filled(values)).first { $0.name == name }?.value
  }

  /// The hyper-parameters that another arm's selection can be relative to.
  var hyperparameterNames: [String] {
    numbers.map(\.name)
  }

  /// The numbers of the regularizers, and whatever else was selected, in written order.
  private func hyperparameters(of filled: JSONValue) -> [Hyperparameter] {
    numbers.compactMap { number in
      number.path.value(in: filled).flatMap { Selection.number($0, n: n) }
        .map { Hyperparameter(name: number.name, value: $0) }
    }
  }
}
