import Canonical

/// A value given on the command line: `--set training.batch=32`. The value is JSON, or a bare
/// string where it is none; `null` removes.
struct SettingPatch: Sendable {
  /// `a.b=v` as typed.
  let text: String
  let path: DocumentPath
  /// The value, with the option as its place; nil removes.
  let value: JSONValue?

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
    guard let path = DocumentPath(String(text[..<equals])) else {
      fail("a setting needs names between its dots", "for example --set training.batch=32")
      return nil
    }
    let written = String(text[text.index(after: equals)...])
    self.text = text
    self.path = path
    switch JSONParser.parse(Array(written.utf8), file: "") {
    case .success(JSONValue.null): value = nil
    case .success(let parsed): value = parsed.moved(to: place)
    case .failure(let problem):
      guard let first = written.first, !"{[\"".contains(first) else {
        fail(
          written.isEmpty ? "a setting needs a value" : "not a JSON value: \(problem.message)",
          problem.advice)
        return nil
      }
      value = JSONValue(.string(written), at: place)
    }
  }

  /// The document with the setting in it.
  func applied(to document: JSONValue, _ diagnostics: DiagnosticCollector) -> JSONValue {
    do throws(DocumentPath.Problem) {
      return try path.setting(value, in: document, place: Self.place(text))
    } catch {
      diagnostics.add(Diagnostic(at: Self.place(text), error.message, advice: error.advice))
      return document
    }
  }

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
