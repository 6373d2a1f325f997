import Canonical
import Model

/// A value of an arm that is chosen on the validation images: `{"select": [0.1, 0.2]}`, a range
/// (`SelectionRange`), or offsets from what another arm chose: `{"select": [0, -0.1],
/// "relativeTo": "Dropout.drop"}`.
struct Selection: Sendable {
  /// Where in the cell's document it stands.
  let path: DocumentPath
  /// The name of the hyper-parameter, unique in its arm; its template gives it.
  var name = ""
  /// Numbers or expressions, in written order.
  let values: [JSONValue]
  /// Whether the values were drawn: the first of one selection then goes with the first of another.
  let isDrawn: Bool
  /// Another arm and its hyper-parameter, as written: `"Dropout.drop"`, or with other values of axes
  /// `{"value": "Dropout.drop", "at": {"trainSize": 40000}}`.
  let relativeTo: JSONValue?
  /// How to choose, where it is not by the lowest error.
  var rule: SelectionRule?
  let location: SourceLocation

  /// Whether the values are probabilities, which must stay inside (0, 1).
  let isRate: Bool

  /// The candidates, each with the place where it was written. `base` is what the other arm chose;
  /// offsets that lead a rate out of (0, 1) are left out.
  func candidates(base: Double?, n: Double?) -> [JSONValue] {
    values.compactMap { written in
      guard let value = Self.number(written, n: n) else { return nil }
      guard relativeTo != nil else {
        return JSONValue(JSONValue.number(value).content, at: written.location)
      }
      guard let base else { return nil }
      // 0.3 − 0.1 is to be 0.2, not 0.19999999999999998.
      let sum = Hyperparameter.rounded(base + value, digits: 12)
      guard !isRate || (sum > 0 && sum < 1) else { return nil }
      return JSONValue(JSONValue.number(sum).content, at: written.location)
    }
  }

  /// A number, or the value of an expression in n.
  static func number(_ value: JSONValue, n: Double?) -> Double? {
    if let number = value.doubleValue { return number }
    let variables = n.map { ["n": $0] } ?? [:]
    return value.stringValue.flatMap {
      try? Expression.evaluate($0, variables: variables).get()
    }
  }

  /// Every selection in a cell's document in written order.
  static func all(
    in document: JSONValue, n: Double?, _ diagnostics: DiagnosticCollector
  ) -> [Selection] {
    var found: [Selection] = []
    collect(document, .root, in: document, n, diagnostics, &found)
    return found
  }

  private static func collect(
    _ value: JSONValue, _ path: DocumentPath, in document: JSONValue, _ n: Double?,
    _ diagnostics: DiagnosticCollector, _ found: inout [Selection]
  ) {
    if let members = value.members {
      if isMeant(value, at: path) {
        let isRate = Self.isRate(path, in: document)
        found.append(read(value, path, isRate: isRate, n, diagnostics))
        return
      }
      for member in members {
        collect(member.value, path.appending(member.name), in: document, n, diagnostics, &found)
      }
    }
    for (index, element) in (value.elements ?? []).enumerated() {
      collect(element, path.appending(String(index)), in: document, n, diagnostics, &found)
    }
  }

  /// Whether an object is a selection, or a mistyped one in place of a regularizer's number.
  private static func isMeant(_ value: JSONValue, at path: DocumentPath) -> Bool {
    if value["select"] != nil { return true }
    guard path.steps.count == 3, path.steps[0] == "regularizers" else { return false }
    return (value.members ?? []).contains {
      Suggestion.nearest(to: $0.name, among: WrittenSelection.telling) != nil
    }
  }

  /// Whether the regularizer that a path leads into calls the number there a rate.
  private static func isRate(_ path: DocumentPath, in document: JSONValue) -> Bool {
    guard path.steps.count == 3, path.steps[0] == "regularizers",
      let name = path.parent.value(in: document)?["name"]?.stringValue
    else { return false }
    let key = path.steps[2]
    return RegularizerRegistry.keys(likewise: key, of: name).contains {
      $0.name == key && $0.isRate
    }
  }

  /// Reads the object; one that is not sound gets a harmless value so that reading can go on.
  private static func read(
    _ value: JSONValue, _ path: DocumentPath, isRate: Bool, _ n: Double?,
    _ diagnostics: DiagnosticCollector
  ) -> Selection {
    let reader = ObjectReader(value, diagnostics)
    let written = WrittenSelection(reading: reader)
    let (list, relativeTo) = (written.candidates, written.relativeTo)
    var values = list?.elements ?? []
    var isDrawn = false
    if let list, list.members != nil {
      // A collector of its own: in the common one an error that was said before would not show.
      let problems = DiagnosticCollector()
      let inner = ObjectReader(list, problems, variables: n.map { ["n": $0] } ?? [:])
      let range = SelectionRange(reading: inner)
      for problem in problems.diagnostics { diagnostics.add(problem) }
      isDrawn = range.isDrawn
      values = problems.hasErrors ? [] : range.values(at: path, writtenAt: list.location)
      if isDrawn, let relativeTo {
        diagnostics.add(
          Diagnostic(
            at: relativeTo.location, "random candidates cannot be relative to another arm",
            advice: "list the offsets, or give \"steps\" instead of \"random\""))
      }
    } else if let list, values.isEmpty {
      diagnostics.add(
        Diagnostic(
          at: list.location, "\"select\" must be a list of numbers or expressions, or a range",
          advice: "for example {\"from\": 0.1, \"to\": 0.8, \"steps\": 8}"))
    }
    for value in values where number(value, n: n) == nil {
      diagnostics.add(Diagnostic(at: value.location, problem(of: value, n: n)))
    }
    values.removeAll { number($0, n: n) == nil }
    return Selection(
      path: path, values: values.isEmpty ? [.number(0.5)] : values, isDrawn: isDrawn,
      relativeTo: values.isEmpty ? nil : relativeTo, rule: written.rule(reader),
      location: value.location,
      isRate: isRate)
  }

  private static func problem(of value: JSONValue, n: Double?) -> String {
    if let text = value.stringValue,
      case .failure(let problem) = Expression.evaluate(text, variables: ["n": n ?? 1])
    {
      return problem.message
    }
    return "\"select\" takes numbers and expressions, found \(value.kindName)"
  }
}

/// A selection as a config writes it.
struct WrittenSelection: Configurable {
  private(set) var candidates: JSONValue?
  private var measure = ""
  private var notWorseThan: JSONValue?
  private(set) var relativeTo: JSONValue?

  /// The keys by which a selection is told from other objects.
  static let telling = ["select", "relativeTo"]

  static let blank = WrittenSelection()
  static let fields: [Field<WrittenSelection>] = [
    .written(
      "select", \.candidates, .required, "the values to choose among on the validation images",
      schema: Schema.anyOf([
        Schema.filledList(of: Schema.anyNumber), Schema.reference(SelectionRange.definition),
      ])),
    .name(
      "by", \.measure, of: "measure", among: SelectionRule.measures, .optional,
      "the measure whose largest value is chosen"),
    .written(
      "notWorseThan", \.notWorseThan, .optional,
      "the arm whose error bounds that of what is chosen", schema: Schema.string),
    .written(
      "relativeTo", \.relativeTo, .optional,
      "another arm and its number, for example `Dropout.drop`", schema: target),
  ]

  private static let target = Schema.anyOf([
    Schema.string,
    Schema.object([
      ConfigKey("value", .required, "an arm and its number", schema: Schema.string),
      ConfigKey("at", .required, "axes with other values", schema: Schema.anyObject),
    ]),
  ])

  func check(_ reader: ObjectReader) {
    guard let notWorseThan else { return }
    if !reader.has("by") {
      reader.report(
        "\"notWorseThan\" goes with \"by\"", key: "notWorseThan",
        advice: "for example \"by\": \"sparsity\"")
    } else if notWorseThan.stringValue == nil {
      reader.report(
        "\"notWorseThan\" must name an arm, found \(notWorseThan.kindName)", key: "notWorseThan")
    }
  }

  /// How to choose, where it is not by the lowest error.
  func rule(_ reader: ObjectReader) -> SelectionRule? {
    guard reader.has("by") else { return nil }
    return SelectionRule(
      measure: measure, notWorseThan: notWorseThan, location: reader.location(of: "by"))
  }
}

// MARK: - Relative to another arm

extension Selection {
  /// The arm and hyper-parameter that the selection is relative to, as one text; nil for one that is
  /// not relative.
  var targetText: String? {
    relativeTo?.stringValue ?? relativeTo?["value"]?.stringValue
  }

  /// The template of the arm that `relativeTo` names, and the name of its hyper-parameter: at the same
  /// combination of the axes, apart from those that `at` gives. Nil for a selection that is not
  /// relative, or to nothing.
  func target(
    among templates: [CellTemplate], beside template: CellTemplate
  ) -> (template: CellTemplate, name: String)? {
    guard let text = targetText else { return nil }
    let axes = self.axes(beside: template)
    // Names of arms and of hyper-parameters may both have dots in them.
    for other in templates where text.hasPrefix("\(other.armName).") && other.axes == axes {
      let name = String(text.dropFirst(other.armName.count + 1))
      if other.hyperparameterNames.contains(name) { return (other, name) }
    }
    return nil
  }

  private func axes(beside template: CellTemplate) -> [AxisValue] {
    let changes = relativeTo?["at"]?.members ?? []
    return template.axes.map { axis in
      let change = changes.first { Axis.key(of: $0.name) == axis.key }
      return change.map { AxisValue(key: axis.key, value: Axis.displayName(of: $0.value)) } ?? axis
    }
  }
}
