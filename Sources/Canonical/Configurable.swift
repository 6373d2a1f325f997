/// A value that is an object of a config, or of a canonical form.
package protocol ConfigObject: Sendable {
  /// All keys that such an object can have; which ones may depend on the values of others.
  static var keys: [ConfigKey] { get }
  /// Reads the object; every problem is a diagnostic, and a value that is missing or wrong has a
  /// harmless stand-in.
  init(reading reader: ObjectReader)
  /// The canonical form: every value written out, no defaults left open.
  var json: JSONValue { get }
}

extension ConfigObject {
  /// The JSON Schema of such an object.
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

  package static var keys: [ConfigKey] { fields.flatMap(\.keys) }

  /// The keys under which the same property is written as under `key`, itself included.
  package static func keys(likewise key: String) -> [ConfigKey] {
    fields.map(\.keys).first { $0.contains { $0.name == key } } ?? []
  }
}

/// A key of a config as schema and reference show it.
package struct ConfigKey: Sendable {
  package let name: String
  /// What it means, in a line without a full stop.
  package let meaning: String
  /// Whether the value is a probability, so that an offset must not lead it out of (0, 1).
  package let isRate: Bool
  private let accepts: @Sendable () -> JSONValue

  /// A key whose value has this schema.
  package init(
    _ name: String, _ meaning: String, isRate: Bool = false,
    schema: @autoclosure @escaping @Sendable () -> JSONValue
  ) {
    self.name = name
    self.meaning = meaning
    self.isRate = isRate
    accepts = schema
  }

  /// The JSON Schema of its value, with the meaning as description.
  package var schema: JSONValue {
    var schema = accepts()
    if schema["description"] == nil { schema["description"] = .string(meaning) }
    return schema
  }
}
