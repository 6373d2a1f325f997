/// A value that is an object of a config, or of a canonical form.
package protocol ConfigObject: Sendable {
  /// All keys that such an object can have; which ones may depend on the values of others.
  static var keys: [ConfigKey] { get }
  /// The JSON Schema of such an object.
  static var schema: JSONValue { get }
  /// Reads the object; every problem is a diagnostic, and a value that is missing or wrong has a
  /// harmless stand-in.
  init(reading reader: ObjectReader)
  /// The canonical form: every value written out, no defaults left open.
  var json: JSONValue { get }
}

extension ConfigObject {
  package static var schema: JSONValue { Schema.object(keys) }
}

/// What an object of a config becomes. Its list of fields says every key once (name, property, range,
/// whether it may be absent, meaning), and reader, canonical form, schema and reference are made of
/// that list.
///
///     package struct Adam: Configurable {
///       package var beta1 = 0.9
///       package var weightDecay = 0.0
///
///       package static let blank = Adam()
///       package static let fields: [Field<Adam>] = [
///         .number("beta1", \.beta1, in: 0...0.999_999, .optional, "decay of the mean gradient"),
///         .number("weightDecay", \.weightDecay, in: 0...1000, .optional, "share of the weights"),
///       ]
///     }
package protocol Configurable: ConfigObject {
  /// Where reading starts: its values are the defaults of the keys that may be absent.
  static var blank: Self { get }
  /// The keys, in the order of the reference. A field may depend on those before it.
  static var fields: [Field<Self>] { get }
  /// Reports what keys that are right one by one do not say together.
  func check(_ reader: ObjectReader)
}

extension Configurable {
  /// Most objects are right if each of their keys is.
  package func check(_ reader: ObjectReader) {}

  package init(reading reader: ObjectReader) {
    self = .blank
    if read(reader) { reader.finish() }
  }

  /// Reads an object that says how the value differs from a known one: every key may be absent.
  package init(reading reader: ObjectReader, changing known: Self) {
    self = known
    for field in Self.fields where field.keys.contains(where: { reader.has($0.name) }) {
      _ = field.read(reader, into: &self)
    }
    check(reader)
    reader.finish()
  }

  /// Reads the keys, which an object may have beside others.
  /// - Returns: false after an unknown kind: nobody knows which keys belong to it.
  package mutating func read(_ reader: ObjectReader) -> Bool {
    for field in Self.fields {
      guard field.read(reader, into: &self) else { return false }
    }
    check(reader)
    return true
  }

  /// The members of the canonical form.
  package var jsonMembers: [JSONValue.Member] { Self.fields.flatMap { $0.members(of: self) } }

  package var json: JSONValue { .object(jsonMembers) }

  /// The same with the keys that the canonical form leaves out where they are as usual.
  package var jsonWithUsual: JSONValue {
    .object(Self.fields.flatMap { $0.membersWithUsual(of: self) })
  }

  package static var keys: [ConfigKey] {
    fields.flatMap { $0.keys(defaults: blank, isKnownToExist: false) }
  }

  /// The keys of objects that begin as `owner`, without those that belong to other kinds.
  package static func keys(of owner: Self) -> [ConfigKey] {
    fields.filter { $0.exists(in: owner) }.flatMap {
      $0.keys(defaults: owner, isKnownToExist: true)
    }
  }

  /// The JSON Schema of such an object. Where a key decides which others there are, one for each set
  /// of others.
  package static var schema: JSONValue {
    for field in fields {
      let kinds = kinds(by: field)
      guard kinds.count > 1, let key = field.keys.first else { continue }
      return Schema.anyOf(
        kinds.map { kind in
          var name = ConfigKey(
            key.name, key.presence, key.meaning, schema: Schema.choice(kind.names))
          // Absent, it means the kind of `blank`.
          let usual = field.members(of: blank).first?.value
          let isUsual = kind.names.contains { usual?.stringValue == $0 }
          if name.presence == .optional, !isUsual {
            name = ConfigKey(key.name, .required, key.meaning, schema: Schema.choice(kind.names))
          } else if name.presence == .optional {
            name.usual = usual
          }
          let others = keys(of: kind.owner).filter { $0.name != key.name }
          return Schema.object([name] + others)
        })
    }
    return Schema.object(keys)
  }

  /// The values of a field grouped by the keys that objects with them have; one group, or none,
  /// where no key depends on it.
  private static func kinds(by field: Field<Self>) -> [(names: [String], owner: Self)] {
    var kinds: [(names: [String], owner: Self, present: [Bool])] = []
    for choice in field.choices {
      var owner = blank
      choice.choose(&owner)
      let present = fields.map { $0.exists(in: owner) }
      if let index = kinds.firstIndex(where: { $0.present == present }) {
        kinds[index].names.append(choice.name)
      } else {
        kinds.append(([choice.name], owner, present))
      }
    }
    return kinds.map { ($0.names, $0.owner) }
  }

  /// The keys under which the same property is written as under `key`, itself included.
  package static func keys(likewise key: String) -> [ConfigKey] {
    fields.map(\.keys).first { $0.contains { $0.name == key } } ?? []
  }
}

/// A key of a config as schema and reference show it.
package struct ConfigKey: Sendable {
  package let name: String
  /// Whether an object may lack it.
  package private(set) var presence: Presence
  /// What it means, in a line without a full stop.
  package private(set) var meaning: String
  /// Whether the value is a probability, so that an offset must not lead it out of (0, 1).
  package let isRate: Bool
  /// What its absence means, where that is always the same.
  package var usual: JSONValue? {
    didSet {
      // What holds others shows its parts' own defaults; an empty list says nothing.
      let elements = usual?.elements
      if usual?.members != nil || elements?.isEmpty == true
        || elements?.contains(where: { $0.members != nil }) == true
      {
        usual = nil
      }
    }
  }
  /// Keys that exclude each other, this one among them: where it is required, an object has exactly
  /// one of them. None for most keys.
  package private(set) var alternatives: [String]
  private var accepts: @Sendable () -> JSONValue

  /// A key whose value has this schema.
  package init(
    _ name: String, _ presence: Presence, _ meaning: String, isRate: Bool = false,
    alternatives: [String] = [], schema: @autoclosure @escaping @Sendable () -> JSONValue
  ) {
    self.name = name
    self.presence = presence
    self.meaning = meaning
    self.isRate = isRate
    self.alternatives = alternatives
    accepts = schema
  }

  /// The same key, which need not be there.
  package var thatMayBeAbsent: ConfigKey { changed(.optional) }

  /// The same key in another place, where other things hold of it.
  package func changed(
    _ presence: Presence? = nil, meaning: String? = nil, schema: JSONValue? = nil
  ) -> ConfigKey {
    var key = self
    key.presence = presence ?? key.presence
    key.meaning = meaning ?? key.meaning
    if let schema { key.accepts = { schema } }
    return key
  }

  func alternative(among names: [String], _ presence: Presence) -> ConfigKey {
    var key = self
    key.alternatives = names
    key.presence = presence
    return key
  }

  /// The JSON Schema of its value, with the meaning as description.
  package var schema: JSONValue {
    var schema = accepts()
    if schema["description"] == nil { schema["description"] = .string(meaning) }
    if let usual { schema["default"] = usual }
    return schema
  }
}
