import Canonical

/// Reads a config and the configs that it extends: `"extends": "base.json"` merges the file into
/// the base as a patch. Paths are relative to the file that names them.
package struct Extends {
  package static let key = ConfigKey(
    "extends", .optional, "a config, beside this one, that this one changes", schema: Schema.string)

  /// What editors read of a file, and nobody else.
  package static let schemaKey = ConfigKey(
    "$schema", .optional, "the JSON Schema of configs, for editors; it changes nothing",
    schema: Schema.string)

  /// Gives a file's bytes.
  let read: (String) throws(UnreadableFile) -> [UInt8]
  let diagnostics: DiagnosticCollector
  /// The files that were read, in order.
  private(set) var files: [(name: String, bytes: [UInt8])] = []

  init(
    diagnostics: DiagnosticCollector, read: @escaping (String) throws(UnreadableFile) -> [UInt8]
  ) {
    self.diagnostics = diagnostics
    self.read = read
  }

  /// The document of `file` with its bases merged in, or nil after an error.
  mutating func document(_ file: String) -> JSONValue? {
    document(file, SourceLocation(file: file, line: 0, column: 0), open: [])
  }

  private mutating func document(
    _ file: String, _ place: SourceLocation, open: [String]
  ) -> JSONValue? {
    let bytes: [UInt8]
    do {
      bytes = try read(file)
    } catch {
      let what = open.isEmpty ? "cannot read the file" : "cannot read \"\(file)\""
      diagnostics.add(Diagnostic(at: place, "\(what): \(error.reason)"))
      return nil
    }
    files.append((file, bytes))
    switch JSONParser.parse(bytes, file: file) {
    case .failure(let problem):
      diagnostics.add(problem)
      return nil
    case .success(var document):
      takeSchema(from: &document)
      guard let base = document["extends"] else { return document }
      document["extends"] = nil
      guard let name = base.stringValue, !name.isEmpty else {
        diagnostics.add(
          Diagnostic(at: base.location, "\"extends\" must name a file, found \(base.kindName)"))
        return nil
      }
      let path = Self.path(name, relativeTo: file)
      guard !(open + [file]).contains(path) else {
        let chain = (open + [file, path]).joined(separator: " → ")
        diagnostics.add(Diagnostic(at: base.location, "the files extend one another: \(chain)"))
        return nil
      }
      return self.document(path, base.location, open: open + [file]).map {
        Patch.merge($0, document, diagnostics)
      }
    }
  }

  private func takeSchema(from document: inout JSONValue) {
    let name = Self.schemaKey.name
    guard let schema = document[name] else { return }
    if schema.stringValue == nil {
      diagnostics.add(
        Diagnostic(
          at: schema.location, "\"\(name)\" must name a JSON Schema, found \(schema.kindName)"))
    }
    document[name] = nil
  }

  /// `name` as seen from the folder of `file`, with `.` and `..` taken out so that a file has one
  /// name.
  static func path(_ name: String, relativeTo file: String) -> String {
    let isAbsolute = name.hasPrefix("/") || file.hasPrefix("/")
    let folder = name.hasPrefix("/") ? [] : file.split(separator: "/").dropLast()
    var steps: [Substring] = []
    for step in folder + name.split(separator: "/") where step != "." {
      if step == "..", let last = steps.last, last != ".." {
        steps.removeLast()
      } else {
        steps.append(step)
      }
    }
    return (isAbsolute ? "/" : "") + steps.joined(separator: "/")
  }
}
