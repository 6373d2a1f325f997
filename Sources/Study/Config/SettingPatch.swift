import Canonical

/// A value given on the command line: `--set training.batch=32`. The value is JSON, or a bare
/// string where it is none; `null` removes. A list without brackets, `16,32`, or a range as selections
/// have it makes an axis of a key of the cells.
struct SettingPatch: Sendable {
  /// `a.b=v` as typed.
  let text: String
  let path: DocumentPath
  /// The value, with the option as its place; nil removes. Of an axis, the list of its values.
  let value: JSONValue?
  /// Whether the key takes several values in one study.
  let isAxis: Bool

  /// Reads an option's value, or adds a diagnostic and gives nil.
  init?(_ text: String, _ diagnostics: DiagnosticCollector) {
    let place = Self.place(text)
    func fail(_ message: String, _ advice: String?) {
      diagnostics.add(Diagnostic(at: place, message, advice: advice))
    }
    guard let equals = text.firstIndex(of: "=") else {
      fail("a setting needs a value", "write it as --set key=value, for example --set trials=3")
      return nil
    }
    let key = String(text[..<equals])
    guard var path = DocumentPath(Axis.key(of: key)) else {
      fail("a setting needs names between its dots", "for example --set training.batch=32")
      return nil
    }
    let written = String(text[text.index(after: equals)...])
    let namesAxis = path.steps[0] == "axes" && path.steps.count > 1
    if namesAxis { path = DocumentPath(steps: [path.steps.dropFirst().joined(separator: ".")]) }
    let list = Self.list(written)
    self.text = text
    if list.count > 1, namesAxis || Self.canBeAxis(path) {
      let values = list.compactMap { Self.value($0, at: place, fail) }
      guard values.count == list.count else { return nil }
      (self.path, value, isAxis) = (path, JSONValue(.array(values), at: place), true)
      return
    }
    if list.count > 1, path.steps[0] == "arms" {
      let rest = path.steps.dropFirst(2).joined(separator: ".")
      fail(
        "an axis is a key of every cell, not of one arm",
        "--set \(rest)=\(written) varies it in all arms; --set '\(key)={\"select\": [\(written)]}' "
          + "lets the arm choose")
      return nil
    }
    if case .success(JSONValue.null) = JSONParser.parse(Array(written.utf8), file: "") {
      (self.path, value, isAxis) = (namesAxis ? Self.axis(path) : path, nil, false)
      return
    }
    guard let single = Self.value(written, at: place, fail) else { return nil }
    if Self.isRange(single), namesAxis || Self.canBeAxis(path) {
      guard let values = Self.values(ofRange: single, path, diagnostics) else { return nil }
      (self.path, value, isAxis) = (path, JSONValue(.array(values), at: place), true)
      return
    }
    (self.path, value, isAxis) = (namesAxis ? Self.axis(path) : path, single, false)
  }

  private static func axis(_ path: DocumentPath) -> DocumentPath {
    DocumentPath(steps: ["axes"] + path.steps)
  }

  // MARK: - Reading

  /// JSON, or a bare string; nil, and a problem, where it begins like the former and is not.
  private static func value(
    _ written: String, at place: SourceLocation, _ fail: (String, String?) -> Void
  ) -> JSONValue? {
    switch JSONParser.parse(Array(written.utf8), file: "") {
    case .success(let parsed): return parsed.moved(to: place)
    case .failure(let problem):
      guard let first = written.first, !"{[\"".contains(first) else {
        fail(
          written.isEmpty ? "a setting needs a value" : "not a JSON value: \(problem.message)",
          problem.advice)
        return nil
      }
      return JSONValue(.string(written), at: place)
    }
  }

  /// What commas part that stand in no bracket and no quotes.
  private static func list(_ written: String) -> [String] {
    var (parts, depth, isQuoted, isEscaped) = ([""], 0, false, false)
    for character in written {
      if character == ",", depth == 0, !isQuoted {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isEscaped = character == "\\"
        isQuoted = character != "\""
      } else {
        isQuoted = character == "\""
        depth += "[{".contains(character) ? 1 : "]}".contains(character) ? -1 : 0
      }
    }
    return parts
  }

  /// Whether cells have the key, so that it can vary from one to the other.
  private static func canBeAxis(_ path: DocumentPath) -> Bool {
    CellSpec.keyNames.contains(path.steps[0]) && !["note", "select"].contains(path.steps.last)
  }

  private static func isRange(_ value: JSONValue) -> Bool {
    value["from"] != nil && value["to"] != nil
  }

  private static func values(
    ofRange value: JSONValue, _ path: DocumentPath, _ diagnostics: DiagnosticCollector
  ) -> [JSONValue]? {
    let problems = DiagnosticCollector()
    let range = SelectionRange(reading: ObjectReader(value, problems))
    guard !problems.hasErrors else {
      for problem in problems.diagnostics { diagnostics.add(problem) }
      return nil
    }
    return range.values(at: path, writtenAt: value.location)
  }

  // MARK: - Applying

  /// The document with the setting in it.
  func applied(to document: JSONValue, _ diagnostics: DiagnosticCollector) -> JSONValue {
    let place = Self.place(text)
    guard isAxis || Self.rootKeys.contains(path.steps[0]) || document[path.steps[0]] != nil else {
      diagnostics.add(
        Diagnostic(
          at: place, "the study has no key \"\(path)\"",
          advice: SettingAdvice(document).keys(like: path)))
      return document
    }
    do throws(DocumentPath.Problem) {
      guard isAxis, let value else {
        return try path.setting(value, in: document, place: place)
      }
      return try varying(value, in: document, place)
    } catch {
      diagnostics.add(Diagnostic(at: place, error.message, advice: error.advice))
      return document
    }
  }

  /// The document with the key among its axes, and not beside them.
  private func varying(
    _ values: JSONValue, in document: JSONValue, _ place: SourceLocation
  ) throws(DocumentPath.Problem) -> JSONValue {
    let key = path.description
    let whole = DocumentPath(key) ?? path
    var result = document
    if whole.value(in: document) != nil {
      result = try whole.setting(nil, in: document, place: place)
    }
    var axes = result["axes"]?.members ?? []
    if let index = axes.firstIndex(where: { $0.name == key }) {
      axes[index].value = values
    } else {
      axes.append(.init(key, values, nameLocation: place))
    }
    result["axes"] = JSONValue(.object(axes), at: document["axes"]?.location ?? place)
    return result
  }

  /// What can stand at the top of a study.
  static let rootKeys =
    StudyHeader.keys.map(\.name) + CellSpec.keyNames + ["profiles", "extends", "note"]

  private static func place(_ text: String) -> SourceLocation {
    SourceLocation(file: "--set \(text)", line: 0, column: 0)
  }
}

extension JSONValue {
  func moved(to place: SourceLocation) -> JSONValue {
    switch content {
    case .array(let elements):
      JSONValue(.array(elements.map { $0.moved(to: place) }), at: place)
    case .object(let members):
      JSONValue(
        .object(members.map { .init($0.name, $0.value.moved(to: place), nameLocation: place) }),
        at: place)
    case .null, .bool, .number, .string: JSONValue(content, at: place)
    }
  }
}
