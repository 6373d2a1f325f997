/// Reads the members of one JSON object strictly: every type and range is checked, every key that
/// nobody asked for is an error with a suggestion, and reading goes on after an error.
///
///     let reader = ObjectReader(value, diagnostics)
///     let batch = reader.int("batch", default: 64, in: 1...65_536)
///     reader.finish()
///
/// A failed read adds a diagnostic and returns a harmless stand-in, so callers need no branches;
/// they look at `diagnostics.hasErrors` once at the end.
package final class ObjectReader {
  /// What a name says of keys, as that of a network does of its depth.
  package struct Said: Sendable {
    package let text: String
    package let numbers: [Int]

    package init(text: String, numbers: [Int]) {
      self.text = text
      self.numbers = numbers
    }
  }

  /// The object being read.
  package let value: JSONValue
  /// Where errors go.
  package let diagnostics: DiagnosticCollector
  /// Names that expressions such as `"0.3/sqrt(n)"` may use.
  package let variables: [String: Double]
  /// What the object's name says, for keys that it stands for.
  package let said: Said?
  private let members: [JSONValue.Member]
  private var known: [String] = []

  /// Starts reading `value`, which should be an object: anything else is one diagnostic and reads
  /// as an empty object. `"note"` is always allowed.
  package convenience init(
    _ value: JSONValue, _ diagnostics: DiagnosticCollector, variables: [String: Double] = [:]
  ) {
    self.init(value, diagnostics, variables, said: nil)
  }

  private init(
    _ value: JSONValue, _ diagnostics: DiagnosticCollector, _ variables: [String: Double],
    said: Said?
  ) {
    self.value = value
    self.said = said
    self.diagnostics = diagnostics
    self.variables = variables
    if let members = value.members {
      self.members = members
    } else {
      diagnostics.add(
        Diagnostic(at: value.location, "expected an object { … }, found \(value.kindName)"))
      self.members = []
    }
    known.append("note")
  }

  /// A reader for an object inside this one, with the same variables.
  package func nested(_ value: JSONValue) -> ObjectReader {
    ObjectReader(value, diagnostics, variables: variables)
  }

  /// A reader for the same object, which knows what its name says.
  package func knowing(_ said: Said) -> ObjectReader {
    let reader = ObjectReader(value, diagnostics, variables, said: said)
    reader.known = known
    return reader
  }

  /// Whether the key is present; counts as asking for it.
  package func has(_ key: String) -> Bool { find(key) != nil }

  /// The value as written, or nil if the key is absent.
  package func raw(_ key: String) -> JSONValue? { find(key) }

  /// The value as written, or nil if the key is absent, which may be an error.
  package func value(_ key: String, isRequired: Bool) -> JSONValue? {
    find(key) ?? (isRequired ? missing(key, nil) : nil)
  }

  private func find(_ key: String) -> JSONValue? {
    if !known.contains(key) { known.append(key) }
    return members.first { $0.name == key }?.value
  }

  /// Where the key's value stands, or the object where the key is absent.
  package func location(of key: String) -> SourceLocation {
    members.first { $0.name == key }?.value.location ?? value.location
  }

  /// A whole number; a missing key is an error unless there is a default.
  package func int(_ key: String, default fallback: Int? = nil, in range: ClosedRange<Int>) -> Int {
    guard let found = find(key) else { return fallback ?? missing(key, range.lowerBound) }
    guard let number = found.intValue else {
      return wrong(found, "a whole number", key, fallback ?? range.lowerBound)
    }
    guard range.contains(number) else {
      return outside(found, range.description, key, fallback ?? range.lowerBound)
    }
    return number
  }

  /// A number, or an expression in this reader's variables.
  package func double(
    _ key: String, default fallback: Double? = nil, in range: ClosedRange<Double>
  ) -> Double {
    guard let found = find(key) else { return fallback ?? missing(key, range.lowerBound) }
    var number = found.doubleValue
    if let text = found.stringValue {
      switch Expression.evaluate(text, variables: variables) {
      case .success(let value): number = value
      case .failure(let problem):
        diagnostics.add(Diagnostic(at: found.location, "\"\(key)\": \(problem.message)"))
        return fallback ?? range.lowerBound
      }
    }
    guard let number else {
      return wrong(found, "a number", key, fallback ?? range.lowerBound)
    }
    guard range.contains(number) else {
      let text = "\(range.lowerBound.shortestText)...\(range.upperBound.shortestText)"
      return outside(found, text, key, fallback ?? range.lowerBound)
    }
    return number
  }

  /// A string; a missing key is an error unless there is a default.
  package func string(_ key: String, default fallback: String? = nil) -> String {
    guard let found = find(key) else { return fallback ?? missing(key, "") }
    return found.stringValue ?? wrong(found, "a string", key, fallback ?? "")
  }

  /// `true` or `false`; a missing key is an error unless there is a default.
  package func bool(_ key: String, default fallback: Bool? = nil) -> Bool {
    guard let found = find(key) else { return fallback ?? missing(key, false) }
    return found.boolValue ?? wrong(found, "true or false", key, fallback ?? false)
  }

  /// One of the cases of a string enumeration.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, default fallback: Choice? = nil
  ) -> Choice where Choice.RawValue == String {
    let first = Choice.allCases[Choice.allCases.startIndex]
    guard let found = find(key) else { return fallback ?? missing(key, first) }
    guard let text = found.stringValue else {
      return wrong(found, "a string", key, fallback ?? first)
    }
    if let choice = Choice(rawValue: text) { return choice }
    reportUnknown(text, of: "value for \"\(key)\"", Choice.allCases.map(\.rawValue), found.location)
    return fallback ?? first
  }

  /// A list of strings.
  package func strings(_ key: String, default fallback: [String]? = nil) -> [String] {
    guard let found = find(key) else { return fallback ?? missing(key, []) }
    guard let elements = found.elements else { return wrong(found, "a list of strings", key, []) }
    return elements.compactMap { $0.stringValue ?? wrong($0, "a string", key, nil) }
  }

  /// The object under `key`, read by `body`.
  package func object<Result>(
    _ key: String, default fallback: JSONValue? = nil, _ body: (ObjectReader) -> Result
  ) -> Result {
    if let found = find(key) ?? fallback { return body(nested(found)) }
    // One error is enough: what the absent object lacks goes unsaid.
    let absent = missing(key, JSONValue.object([JSONValue.Member]()))
    return body(ObjectReader(absent, DiagnosticCollector(), variables: variables))
  }

  /// The objects of the list under `key`, each read by `body`; absent reads as empty.
  package func objects<Result>(_ key: String, _ body: (ObjectReader) -> Result) -> [Result] {
    guard let found = find(key) else { return [] }
    guard let elements = found.elements else { return wrong(found, "a list of objects", key, []) }
    return elements.map { body(nested($0)) }
  }

  /// Says that a name is not among the known ones and suggests the nearest.
  package func reportUnknown(
    _ name: String, of what: String, _ known: [String], _ location: SourceLocation
  ) {
    let list = known.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
    var advice = "allowed: \(list)"
    if let near = Suggestion.nearest(to: name, among: known) {
      advice = "did you mean \"\(near)\"? \(advice)"
    }
    diagnostics.add(Diagnostic(at: location, "unknown \(what) \"\(name)\"", advice: advice))
  }

  /// Reports an error about the whole object or one of its keys.
  package func report(_ message: String, key: String? = nil, advice: String? = nil) {
    let place = key.map { location(of: $0) } ?? value.location
    diagnostics.add(Diagnostic(at: place, message, advice: advice))
  }

  /// Says that the object has none of these keys, one of which it needs.
  package func reportMissing(oneOf keys: [String]) {
    guard value.members != nil else { return }
    let names = keys.map { "\"\($0)\"" }
    let last = names.suffix(2).joined(separator: " or ")
    report("missing key \((names.dropLast(2) + [last]).joined(separator: ", "))")
  }

  /// Reports every key that nobody asked for. Call it last.
  package func finish() {
    for member in members where !known.contains(member.name) {
      reportUnknown(member.name, of: "key", known, member.nameLocation)
    }
  }

  private func missing<Value>(_ key: String, _ stand: Value) -> Value {
    reportMissing(oneOf: [key])
    return stand
  }

  private func wrong<Value>(
    _ found: JSONValue, _ expected: String, _ key: String, _ stand: Value
  ) -> Value {
    diagnostics.add(
      Diagnostic(at: found.location, "\"\(key)\" must be \(expected), found \(found.kindName)"))
    return stand
  }

  private func outside<Value>(
    _ found: JSONValue, _ range: String, _ key: String, _ stand: Value
  ) -> Value {
    diagnostics.add(Diagnostic(at: found.location, "\"\(key)\" must lie in \(range)"))
    return stand
  }
}

extension JSONValue {
  /// What the value is, in a user's words.
  package var kindName: String {
    switch content {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(_, let text): "the number \(text)"
    case .string(let text): "the string \"\(text)\""
    case .array: "a list"
    case .object: "an object"
    }
  }
}
