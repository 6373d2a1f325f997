import Canonical

/// A path into a document: members by name, elements of a list by their `"name"` or by their number
/// from 0. Written with dots: `arms.Dropout.regularizers.dropout.drop`.
package struct DocumentPath: Hashable, Sendable, CustomStringConvertible {
  /// Why a value cannot be set at a path.
  struct Problem: Error {
    var message: String
    var advice: String?
  }

  package let steps: [String]

  /// The whole document.
  static let root = DocumentPath(steps: [])

  init(steps: [String]) { self.steps = steps }

  /// Nil if a step is empty.
  init?(_ text: String) {
    let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard steps.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.steps = steps
  }

  /// Whether it leads to the whole document.
  package var isEmpty: Bool { steps.isEmpty }

  /// The path with dots between its steps.
  package var description: String { steps.joined(separator: ".") }

  /// A path to something inside.
  func appending(_ step: String) -> DocumentPath { DocumentPath(steps: steps + [step]) }

  /// The path of what holds the value; that of the whole document for the latter.
  var parent: DocumentPath { DocumentPath(steps: steps.dropLast()) }

  /// Whether it leads to what `other` leads to, or into it.
  package func isInside(_ other: DocumentPath) -> Bool { steps.starts(with: other.steps) }

  /// What stands at the path, if anything does.
  func value(in document: JSONValue) -> JSONValue? {
    var value: JSONValue? = document
    for step in steps {
      guard let current = value else { return nil }
      value =
        current[step]
        ?? current.elements.flatMap { elements in
          Self.index(of: step, in: elements).map { elements[$0] }
        }
    }
    return value
  }

  /// The document with `value` in place of what stands at the path; the same where nothing does.
  func replacing(in document: JSONValue, with value: JSONValue) -> JSONValue {
    Self.replace(steps[...], document, value)
  }

  private static func replace(
    _ steps: ArraySlice<String>, _ document: JSONValue, _ value: JSONValue
  ) -> JSONValue {
    guard let step = steps.first else { return value }
    var result = document
    switch document.content {
    case .object(var members):
      guard let index = members.firstIndex(where: { $0.name == step }) else { break }
      members[index].value = replace(steps.dropFirst(), members[index].value, value)
      result.content = .object(members)
    case .array(var elements):
      guard let index = index(of: step, in: elements) else { break }
      elements[index] = replace(steps.dropFirst(), elements[index], value)
      result.content = .array(elements)
    case .null, .bool, .number, .string: break
    }
    return result
  }

  /// The document with `value` at the path, or without what stands there if `value` is nil.
  /// Objects on the way that do not exist are made; their places are `place`.
  func setting(
    _ value: JSONValue?, in document: JSONValue, place: SourceLocation
  ) throws(Problem) -> JSONValue {
    try set(steps[...], value, document, place) ?? document
  }

  private func set(
    _ rest: ArraySlice<String>, _ value: JSONValue?, _ document: JSONValue?,
    _ place: SourceLocation
  ) throws(Problem) -> JSONValue? {
    guard let step = rest.first else { return value }
    let next = rest.dropFirst()
    switch document?.content {
    case nil:
      guard let inner = try set(next, value, nil, place) else { return nil }
      return JSONValue(.object([.init(step, inner, nameLocation: place)]), at: place)
    case .object(var members):
      let index = members.firstIndex { $0.name == step }
      let inner = try set(next, value, index.map { members[$0].value }, place)
      switch (index, inner) {
      case (let index?, let inner?): members[index].value = inner
      case (let index?, nil): members.remove(at: index)
      case (nil, let inner?): members.append(.init(step, inner, nameLocation: place))
      case (nil, nil): throw absent(step, known: members.map(\.name))
      }
      return JSONValue(.object(members), at: document?.location ?? place)
    case .array(var elements):
      guard let index = Self.index(of: step, in: elements) else {
        throw absent(step, known: elements.compactMap { $0["name"]?.stringValue })
      }
      if let inner = try set(next, value, elements[index], place) {
        elements[index] = inner
      } else {
        elements.remove(at: index)
      }
      return JSONValue(.array(elements), at: document?.location ?? place)
    case .null, .bool, .number, .string:
      let before = steps.prefix(steps.count - rest.count).joined(separator: ".")
      let found = document?.kindName ?? "nothing"
      throw Problem(message: "\"\(before)\" is \(found) and has no \"\(step)\"")
    }
  }

  private func absent(_ step: String, known: [String]) -> Problem {
    let before = steps.prefix { $0 != step }.joined(separator: ".")
    let place = before.isEmpty ? "" : " in \"\(before)\""
    return Problem(
      message: "there is no \"\(step)\"\(place)", advice: Advice.among(known, insteadOf: step))
  }

  private static func index(of step: String, in elements: [JSONValue]) -> Int? {
    if let named = elements.firstIndex(where: { $0["name"]?.stringValue == step }) { return named }
    guard let number = Int(step), elements.indices.contains(number) else { return nil }
    return number
  }
}
