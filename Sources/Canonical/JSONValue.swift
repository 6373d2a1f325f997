/// A JSON value that remembers where it was written.
///
/// Equality ignores the place: two values are equal when their contents are. Objects keep the
/// order in which their members were written.
package struct JSONValue: Sendable, Equatable {
  /// What a value can be. Numbers keep the text they were written with, so that `0.1` prints as
  /// `0.1` again.
  package indirect enum Content: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number and the text it came from.
    case number(Double, text: String)
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Members in written order; names are unique.
    case object([Member])
  }

  /// A name and its value.
  package struct Member: Sendable, Equatable {
    package var name: String
    /// Where the name stands.
    package var nameLocation: SourceLocation
    /// The member's value.
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue, nameLocation: SourceLocation = .none) {
      self.name = name
      self.value = value
      self.nameLocation = nameLocation
    }

    /// Names and values are compared, places are not.
    package static func == (a: Member, b: Member) -> Bool { a.name == b.name && a.value == b.value }
  }

  /// The value itself.
  package var content: Content
  /// Where it stands.
  package var location: SourceLocation

  /// Makes a value.
  package init(_ content: Content, at location: SourceLocation = .none) {
    self.content = content
    self.location = location
  }

  /// Contents are compared, places are not.
  package static func == (a: JSONValue, b: JSONValue) -> Bool { a.content == b.content }
}

extension JSONValue {
  /// `null` without a place.
  package static let null = JSONValue(.null)
  /// A Boolean without a place.
  package static func bool(_ value: Bool) -> JSONValue { JSONValue(.bool(value)) }
  /// A number in its shortest form that reads back to the same bits.
  package static func number(_ value: Double) -> JSONValue {
    JSONValue(.number(value, text: value.shortestText))
  }
  /// A whole number.
  package static func number(_ value: Int) -> JSONValue {
    JSONValue(.number(Double(value), text: String(value)))
  }
  /// A string without a place.
  package static func string(_ value: String) -> JSONValue { JSONValue(.string(value)) }
  /// A list without a place.
  package static func array(_ values: [JSONValue]) -> JSONValue { JSONValue(.array(values)) }
  /// An object with its members in the given order.
  package static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    JSONValue(.object(members.map { Member($0.key, $0.value) }))
  }
  /// An object with its members in the given order.
  package static func object(_ members: [Member]) -> JSONValue { JSONValue(.object(members)) }

  /// The member called `name`, if this is an object that has it; setting nil removes it.
  package subscript(name: String) -> JSONValue? {
    get { members?.first { $0.name == name }?.value }
    set {
      guard case .object(var members) = content else { return }
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name, value))
      case (nil, nil): break
      }
      content = .object(members)
    }
  }

  /// The members, if this is an object.
  package var members: [Member]? {
    if case .object(let members) = content { members } else { nil }
  }
  /// The elements, if this is a list.
  package var elements: [JSONValue]? {
    if case .array(let elements) = content { elements } else { nil }
  }
  package var stringValue: String? { if case .string(let text) = content { text } else { nil } }
  package var doubleValue: Double? {
    if case .number(let value, _) = content { value } else { nil }
  }
  /// The whole number, if this is one that `Int` holds exactly.
  package var intValue: Int? {
    guard case .number(let value, let text) = content else { return nil }
    return Int(text) ?? Int(exactly: value)
  }
  /// The truth value, if this is one.
  package var boolValue: Bool? { if case .bool(let value) = content { value } else { nil } }
}

extension Double {
  /// The shortest decimal text that reads back to the same bits; whole numbers have no `.0`.
  package var shortestText: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
