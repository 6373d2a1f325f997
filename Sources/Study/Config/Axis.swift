import Canonical
import Model

/// A value of an axis as a cell carries it: the axis's key and the value as tables show it.
package struct AxisValue: Hashable, Sendable {
  /// The axis, for example `trainSize` or `training.batch`.
  package let key: String
  /// The value's display form, for example `500` or `lenet`.
  package let value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// A key of the cell, or a dotted path into it, that takes several values in one study.
package struct Axis: Sendable {
  /// The axis of training images.
  package static let trainSize = "trainSize"
  /// Short names, which users may write and which cells are called by.
  private static let shortNames = ["n": trainSize]

  /// The key that a user means by a name.
  package static func key(of written: String) -> String { shortNames[written] ?? written }

  /// The short name of a key, or the key.
  package static func shortName(of key: String) -> String {
    shortNames.first { $0.value == key }?.key ?? key
  }

  /// The key or path.
  package let key: String
  /// What tables and figures call it in place of the key.
  package let label: String?
  /// The values as tables show them: by their `"label"`, numbers in their shortest form, networks by
  /// name.
  package let values: [String]
  /// The values as they enter the cell.
  let documents: [JSONValue]
  let path: DocumentPath
  let place: SourceLocation

  /// Reads the object under `"axes"`; `document` is the study, to see keys that are set twice.
  static func read(
    _ value: JSONValue?, study document: JSONValue, _ diagnostics: DiagnosticCollector
  ) -> [Axis] {
    guard let value else { return [] }
    let reader = ObjectReader(value, diagnostics)
    return (value.members ?? []).filter { $0.name != "note" }.compactMap { member in
      guard let path = DocumentPath(member.name), CellSpec.keyNames.contains(path.steps[0]) else {
        reader.reportUnknown(member.name, of: "axis", CellSpec.keyNames, member.nameLocation)
        return nil
      }
      let (written, label) = labelled(member.value, diagnostics)
      // A value that is no list is read as the only one, so that reading can go on.
      let elements = written.elements ?? [written]
      if written.elements == nil || elements.isEmpty {
        let found = elements.isEmpty ? "an empty one" : written.kindName
        diagnostics.add(
          Diagnostic(at: written.location, "an axis is a list of values, found \(found)"))
        if elements.isEmpty { return nil }
      }
      if let twice = path.value(in: document) {
        diagnostics.add(
          Diagnostic(
            at: twice.location, "\"\(member.name)\" is set here and is an axis of the study",
            advice: "remove one, or change the axis: axes.\(member.name)"))
      }
      return Axis(
        key: member.name, label: label, values: names(of: elements, diagnostics),
        documents: elements.map(withoutLabel), path: path, place: member.nameLocation)
    }
  }

  /// The list of values, and what the axis is called: `{"label": "learning rate", "values": [0.1, 1]}`.
  private static func labelled(
    _ value: JSONValue, _ diagnostics: DiagnosticCollector
  ) -> (values: JSONValue, label: String?) {
    guard value["values"] != nil || value["label"] != nil else { return (value, nil) }
    if let written = value["label"] { checkName(written, "label", diagnostics) }
    let labelled = Labelled(reading: ObjectReader(value, diagnostics))
    return (labelled.values ?? JSONValue(.array([]), at: value.location), labelled.label)
  }

  /// The values of an axis that is called by a label.
  private struct Labelled: Configurable {
    private(set) var label = ""
    private(set) var values: JSONValue?

    static let blank = Labelled()
    static let fields = list(of: Schema.anything)

    static func list(of values: JSONValue) -> [Field<Labelled>] {
      [
        .text("label", \.label, .required, "what tables and figures call the axis"),
        .written(
          "values", \.values, .required, "the values", schema: Schema.filledList(of: values)),
      ]
    }

    func check(_ reader: ObjectReader) {
      if label.isEmpty, reader.has("label") {
        reader.report("a label must not be empty", key: "label")
      }
    }
  }

  /// The JSON Schema of axes: keys of cells, or dotted paths into them, with lists of values.
  static var schema: JSONValue {
    let keys = CellSpec.keyNames.joined(separator: "|")
    /// The list of values, also with a label.
    func values(_ items: JSONValue) -> JSONValue {
      Schema.anyOf([
        Schema.filledList(of: items),
        Schema.object(Labelled.list(of: items).flatMap(\.keys)),
      ])
    }
    // An object may have a label beside its own keys.
    let networks = values(Schema.anyOf([NetworkChoice.nameSchema, Schema.anyObject]))
    return .object([
      .init("type", .string("object")),
      .init("properties", .object([.init("note", Schema.string)])),
      .init(
        "patternProperties",
        .object([
          .init("^(\(keys))(\\..+)?$", values(Schema.anything)),
          .init("^(network|generator)$", networks),
          .init("^trainSize$", values(Schema.integer(TrainingSetup.trainSizes))),
        ])),
      .init("additionalProperties", .bool(false)),
    ])
  }

  /// The distinct display forms of the values; a second value with the same form is an error.
  private static func names(
    of elements: [JSONValue], _ diagnostics: DiagnosticCollector
  ) -> [String] {
    for value in elements where value.stringValue != nil {
      checkName(value, "value", diagnostics)
    }
    for label in elements.compactMap({ $0["label"] }) {
      checkName(label, "label", diagnostics)
      let text = label.stringValue ?? ""
      guard text.isEmpty || text.contains(where: { ",={}\"".contains($0) }) else {
        continue
      }
      diagnostics.add(
        Diagnostic(
          at: label.location, "a label is a text without , = { } or quotes",
          advice: "tables call this value of the axis so"))
    }
    let short = elements.map { displayName(of: $0) }
    let names = zip(elements, short).map { element, name in
      short.count { $0 == name } > 1 ? longName(of: element) : name
    }
    for (index, name) in names.enumerated() where names.prefix(index).contains(name) {
      diagnostics.add(
        Diagnostic(at: elements[index].location, "the value \(name) occurs twice on one axis"))
    }
    return names
  }

  private static func checkName(
    _ value: JSONValue, _ kind: String, _ diagnostics: DiagnosticCollector
  ) {
    guard let text = value.stringValue, let problem = NameProblem(in: text) else { return }
    diagnostics.add(
      Diagnostic(at: value.location, "the \(kind) \"\(text)\" \(problem.predicate)"))
  }

  /// How tables show a value.
  static func displayName(of value: JSONValue) -> String {
    if let text = value.stringValue { return text }
    if let number = value.doubleValue { return number.shortestText }
    if let label = value["label"]?.stringValue { return label }
    return value["name"]?.stringValue ?? value.canonicalText
  }

  /// The value as it enters the cell: the label is for tables alone.
  private static func withoutLabel(_ value: JSONValue) -> JSONValue {
    guard value["label"] != nil else { return value }
    var result = value
    result["label"] = nil
    return result
  }

  /// A named object with what tells it from its namesakes: `mlp(hidden=[100-50])`. No commas, which
  /// separate the items of `--only`.
  private static func longName(of value: JSONValue) -> String {
    guard let members = value.members, let name = value["name"]?.stringValue else {
      return displayName(of: value)
    }
    let rest = members.filter { $0.name != "name" && $0.name != "note" }
    guard !rest.isEmpty else { return name }
    let text = rest.map { "\($0.name)=\($0.value.canonicalText)" }.joined(separator: ";")
    return "\(name)(\(text.replacing(",", with: "-")))"
  }

  /// How many combinations there are, or nil if there are more than `limit`.
  static func count(of axes: [Axis], limit: Int) -> Int? {
    axes.reduce(1 as Int?) { count, axis in
      count.flatMap { $0 <= limit / max(1, axis.values.count) ? $0 * axis.values.count : nil }
    }
  }

  /// Every combination of the axes' values, the first axis slowest.
  static func combinations(of axes: [Axis]) -> [[Int]] {
    axes.reduce([[]]) { done, axis in
      done.flatMap { head in axis.values.indices.map { head + [$0] } }
    }
  }
}
