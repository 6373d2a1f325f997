import Canonical

/// A value of an arm that is chosen on the validation images: `{"select": [0.1, 0.2]}`, or offsets
/// from what another arm chose: `{"select": [0, -0.1], "relativeTo": "Dropout.drop"}`.
struct Selection: Sendable {
  /// One step towards a value inside a document.
  enum Step: Hashable, Sendable {
    case member(String)
    case element(Int)
  }

  /// Where in the cell's document it stands.
  let place: [Step]
  /// The name of the hyper-parameter.
  let name: String
  /// Numbers or expressions, in written order.
  let values: [JSONValue]
  /// Another arm and its hyper-parameter, as written.
  let relativeTo: JSONValue?
  let location: SourceLocation

  /// The other arm and its hyper-parameter.
  var reference: (arm: String, name: String)? {
    guard let text = relativeTo?.stringValue, let dot = text.lastIndex(of: ".") else { return nil }
    return (String(text[..<dot]), String(text[text.index(after: dot)...]))
  }

  /// Whether the values are probabilities, which must stay inside (0, 1).
  private var isRate: Bool {
    guard case .member(let key) = place.last else { return false }
    return ["drop", "keep", "tau"].contains(key)
  }

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
    collect(document, [], regularizer: nil, n, diagnostics, &found)
    return found
  }

  private static func collect(
    _ value: JSONValue, _ place: [Step], regularizer: String?, _ n: Double?,
    _ diagnostics: DiagnosticCollector, _ found: inout [Selection]
  ) {
    if let members = value.members {
      if value["select"] != nil {
        if let selection = read(value, place, regularizer, n, found.map(\.name), diagnostics) {
          found.append(selection)
        }
        return
      }
      let inner = value["name"]?.stringValue ?? regularizer
      for member in members {
        collect(
          member.value, place + [.member(member.name)], regularizer: inner, n, diagnostics, &found)
      }
    }
    for (index, element) in (value.elements ?? []).enumerated() {
      collect(
        element, place + [.element(index)], regularizer: regularizer, n, diagnostics, &found)
    }
  }

  private static func read(
    _ value: JSONValue, _ place: [Step], _ regularizer: String?, _ n: Double?, _ taken: [String],
    _ diagnostics: DiagnosticCollector
  ) -> Selection? {
    let reader = ObjectReader(value, diagnostics)
    let list = reader.raw("select")
    let relativeTo = reader.raw("relativeTo")
    reader.finish()
    guard let values = list?.elements, !values.isEmpty else {
      reader.report("\"select\" must be a list of numbers or expressions", key: "select")
      return nil
    }
    var isSound = true
    for value in values where number(value, n: n) == nil {
      isSound = false
      var message = "\"select\" takes numbers and expressions, found \(value.kindName)"
      if let text = value.stringValue,
        case .failure(let problem) = Expression.evaluate(text, variables: ["n": n ?? 1])
      {
        message = problem.message
      }
      diagnostics.add(Diagnostic(at: value.location, message))
    }
    guard isSound, case .member(let key) = place.last else { return nil }
    let name = taken.contains(key) ? "\(regularizer ?? "cell").\(key)" : key
    return Selection(
      place: place, name: name, values: values, relativeTo: relativeTo, location: value.location)
  }
}

extension JSONValue {
  /// The value with `new` at a place inside it.
  func replacing(_ place: ArraySlice<Selection.Step>, with new: JSONValue) -> JSONValue {
    guard let step = place.first else { return new }
    var result = self
    switch (step, content) {
    case (.member(let name), .object):
      result[name] = self[name]?.replacing(place.dropFirst(), with: new)
    case (.element(let index), .array(var elements)) where elements.indices.contains(index):
      elements[index] = elements[index].replacing(place.dropFirst(), with: new)
      result.content = .array(elements)
    default: break
    }
    return result
  }
}
