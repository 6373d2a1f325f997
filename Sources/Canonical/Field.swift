/// Whether an object may lack a key.
package enum Presence: Sendable {
  /// Its absence is an error.
  case required
  /// Absent, it has the value of the owner's `blank`.
  case optional
}

/// A value that decides which of the owner's fields there are.
struct FieldChoice<Owner>: Sendable {
  let name: String
  let choose: @Sendable (inout Owner) -> Void
}

/// A property of a `Configurable` with the key, or the keys, that it is written under.
package struct Field<Owner>: Sendable {
  package typealias Path<Value> = WritableKeyPath<Owner, Value> & Sendable

  package private(set) var keys: [ConfigKey]
  private var applies: @Sendable (Owner) -> Bool = { _ in true }
  private var isUsual: @Sendable (Owner) -> Bool = { _ in false }
  /// Whether it only exists where what was read before says so.
  private var isConditional = false
  /// Whether its default follows from what was read before.
  private var followsOthers = false
  /// The values that it can have, where it is one of an enumeration.
  private(set) var choices: [FieldChoice<Owner>] = []
  private var readValue: @Sendable (ObjectReader, inout Owner) -> Bool
  private let write: @Sendable (Owner) -> [JSONValue.Member]

  /// A field of any form.
  /// - Parameter read: takes the value from the reader; false where no further key can be read.
  /// - Parameter write: the members of the canonical form.
  package init(
    _ keys: [ConfigKey], read: @escaping @Sendable (ObjectReader, inout Owner) -> Bool,
    write: @escaping @Sendable (Owner) -> [JSONValue.Member]
  ) {
    self.keys = keys
    readValue = read
    self.write = write
  }

  /// The same field, which only exists where what was read before says so. Elsewhere its keys are
  /// unknown.
  package func when(_ applies: @escaping @Sendable (Owner) -> Bool) -> Field {
    var field = self
    field.applies = applies
    field.isConditional = true
    return field
  }

  /// The same field, one of several that exclude each other: where the object needs one, it has
  /// exactly one of these keys.
  package func alternative(among names: [String], _ presence: Presence) -> Field {
    var field = self
    field.keys = keys.map { $0.alternative(among: names, presence) }
    guard presence == .required, let own = keys.first?.name else { return field }
    field.readValue = { [readValue] reader, owner in
      if names.contains(where: { reader.has($0) }) { return readValue(reader, &owner) }
      // The first of them speaks for all.
      if own == names.first { reader.reportMissing(oneOf: names) }
      return true
    }
    return field
  }

  /// The same field, whose default follows from what was read before.
  package func followingOthers() -> Field {
    var field = self
    field.followsOthers = true
    return field
  }

  private func choosing<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ path: Path<Choice>
  ) -> Field where Choice.RawValue == String {
    var field = self
    field.choices = Choice.allCases.map { choice in
      FieldChoice(name: choice.rawValue) { $0[keyPath: path] = choice }
    }
    return field
  }

  /// The same field, left out of the canonical form where `isUsual`: for keys that came later than
  /// the ids of recorded runs.
  package func omitted(where isUsual: @escaping @Sendable (Owner) -> Bool) -> Field {
    var field = self
    field.isUsual = isUsual
    return field
  }

  /// - Returns: false where no further key can be read.
  func read(_ reader: ObjectReader, into owner: inout Owner) -> Bool {
    applies(owner) ? readValue(reader, &owner) : true
  }

  func members(of owner: Owner) -> [JSONValue.Member] {
    applies(owner) && !isUsual(owner) ? write(owner) : []
  }

  /// The same, also where the canonical form leaves them out.
  func membersWithUsual(of owner: Owner) -> [JSONValue.Member] {
    applies(owner) ? write(owner) : []
  }

  /// Whether an owner like this one has the field.
  func exists(in owner: Owner) -> Bool { applies(owner) }

  /// The keys as schema and reference show them. Where nobody knows whether there is such a field,
  /// none of them is required.
  /// - Parameter blank: has the defaults.
  func keys(defaults blank: Owner, isKnownToExist: Bool) -> [ConfigKey] {
    let usual = followsOthers ? [] : write(blank)
    return keys.map { key in
      var key = key
      if isConditional, !isKnownToExist, key.alternatives.isEmpty { key = key.thatMayBeAbsent }
      if key.presence == .optional, key.alternatives.isEmpty {
        key.usual = usual.first { $0.name == key.name }?.value
      }
      return key
    }
  }
}

// MARK: - Values

extension Field {
  /// A field with one key, of a value that is read and written as a whole.
  package static func value<Value>(
    _ key: ConfigKey, _ path: Path<Value>, read: @escaping @Sendable (ObjectReader, Owner) -> Value,
    write: @escaping @Sendable (Value) -> JSONValue?
  ) -> Field {
    Field([key]) { reader, owner in
      owner[keyPath: path] = read(reader, owner)
      return true
    } write: { owner in
      write(owner[keyPath: path]).map { [JSONValue.Member(key.name, $0)] } ?? []
    }
  }

  /// A whole number.
  package static func whole(
    _ name: String, _ path: Path<Int>, in range: ClosedRange<Int>, _ presence: Presence,
    _ meaning: String
  ) -> Field {
    value(ConfigKey(name, presence, meaning, schema: Schema.integer(range)), path) {
      reader, owner in
      reader.int(name, default: presence.usual(owner[keyPath: path]), in: range)
    } write: {
      .number($0)
    }
  }

  /// A whole number whose default depends on what was read before.
  package static func whole(
    _ name: String, _ path: Path<Int>, in range: ClosedRange<Int>,
    usual: @escaping @Sendable (Owner) -> Int, _ meaning: String
  ) -> Field {
    value(ConfigKey(name, .optional, meaning, schema: Schema.integer(range)), path) {
      reader, owner in
      reader.int(name, default: usual(owner), in: range)
    } write: {
      .number($0)
    }.followingOthers()
  }

  /// A whole number that may be absent.
  package static func whole(
    _ name: String, _ path: Path<Int?>, in range: ClosedRange<Int>, _ meaning: String
  ) -> Field {
    value(ConfigKey(name, .optional, meaning, schema: Schema.integer(range)), path) { reader, _ in
      reader.has(name) ? reader.int(name, in: range) : nil
    } write: {
      $0.map { .number($0) }
    }
  }

  /// A number, or an expression.
  package static func number(
    _ name: String, _ path: Path<Double>, in range: ClosedRange<Double>, _ presence: Presence,
    _ meaning: String
  ) -> Field {
    value(ConfigKey(name, presence, meaning, schema: Schema.number(range)), path) { reader, owner in
      reader.double(name, default: presence.usual(owner[keyPath: path]), in: range)
    } write: {
      .number($0)
    }
  }

  /// A number, or an expression, that may be absent.
  package static func number(
    _ name: String, _ path: Path<Double?>, in range: ClosedRange<Double>, _ meaning: String
  ) -> Field {
    value(ConfigKey(name, .optional, meaning, schema: Schema.number(range)), path) { reader, _ in
      reader.has(name) ? reader.double(name, in: range) : nil
    } write: {
      $0.map { .number($0) }
    }
  }

  /// `true` or `false`.
  package static func flag(
    _ name: String, _ path: Path<Bool>, _ presence: Presence, _ meaning: String
  ) -> Field {
    value(ConfigKey(name, presence, meaning, schema: Schema.boolean), path) { reader, owner in
      reader.bool(name, default: presence.usual(owner[keyPath: path]))
    } write: {
      .bool($0)
    }
  }

  /// A text.
  package static func text(
    _ name: String, _ path: Path<String>, _ presence: Presence, _ meaning: String
  ) -> Field {
    value(ConfigKey(name, presence, meaning, schema: Schema.string), path) { reader, owner in
      reader.string(name, default: presence.usual(owner[keyPath: path]))
    } write: {
      .string($0)
    }
  }

  /// A text that may be absent.
  package static func text(_ name: String, _ path: Path<String?>, _ meaning: String) -> Field {
    value(ConfigKey(name, .optional, meaning, schema: Schema.string), path) { reader, _ in
      reader.has(name) ? reader.string(name) : nil
    } write: {
      $0.map { .string($0) }
    }
  }

  /// A name that is among known ones; empty where it may be absent and is. `noun` is what messages call
  /// it.
  package static func name(
    _ key: String, _ path: Path<String>, of noun: String,
    among known: @autoclosure @escaping @Sendable () -> [String], _ presence: Presence,
    _ meaning: String
  ) -> Field {
    value(ConfigKey(key, presence, meaning, schema: Schema.choice(known())), path) { reader, _ in
      let name = reader.string(key, default: presence.usual(""))
      if reader.value[key]?.stringValue != nil, !known().contains(name) {
        reader.reportUnknown(name, of: noun, known(), reader.location(of: key))
      }
      return name
    } write: {
      $0.isEmpty ? nil : .string($0)
    }
  }

  /// A value as it is written, for what can only be read where more is known.
  package static func written(
    _ key: String, _ path: Path<JSONValue?>, _ presence: Presence, _ meaning: String,
    schema: @autoclosure @escaping @Sendable () -> JSONValue
  ) -> Field {
    value(ConfigKey(key, presence, meaning, schema: schema()), path) { reader, _ in
      reader.value(key, isRequired: presence == .required)
    } write: {
      $0
    }
  }

  /// One text, or a list of them.
  package static func texts(
    _ name: String, _ path: Path<[String]>, _ presence: Presence, _ meaning: String
  ) -> Field {
    let schema = Schema.anyOf([Schema.string, Schema.list(of: Schema.string)])
    return value(ConfigKey(name, presence, meaning, schema: schema), path) { reader, owner in
      reader.raw(name)?.stringValue.map { [$0] }
        ?? reader.strings(name, default: presence.usual(owner[keyPath: path]))
    } write: {
      .array($0.map { .string($0) })
    }
  }

  /// One of the cases of an enumeration.
  package static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Choice>, _ presence: Presence, _ meaning: String
  ) -> Field where Choice.RawValue == String {
    value(ConfigKey(name, presence, meaning, schema: Schema.choice(Choice.names)), path) {
      reader, owner in
      reader.choice(name, default: presence.usual(owner[keyPath: path]))
    } write: {
      .string($0.rawValue)
    }.choosing(path)
  }

  /// One of the cases of an enumeration, with a default that depends on what was read before.
  package static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Choice>, usual: @escaping @Sendable (Owner) -> Choice,
    _ meaning: String
  ) -> Field where Choice.RawValue == String {
    value(ConfigKey(name, .optional, meaning, schema: Schema.choice(Choice.names)), path) {
      reader, owner in
      reader.choice(name, default: usual(owner))
    } write: {
      .string($0.rawValue)
    }.followingOthers()
  }

  /// One of the cases of an enumeration, or nothing.
  package static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Choice?>, _ meaning: String
  ) -> Field where Choice.RawValue == String {
    value(ConfigKey(name, .optional, meaning, schema: Schema.choice(Choice.names)), path) {
      reader, _ in
      reader.has(name) ? reader.choice(name) : nil
    } write: {
      $0.map { .string($0.rawValue) }
    }
  }

  /// A text that is always the same, such as the name that led to this type.
  /// The reader takes it for granted; `presence` is what others are told.
  package static func constant(
    _ name: String, _ text: String, _ presence: Presence, _ meaning: String
  ) -> Field {
    Field([ConfigKey(name, presence, meaning, schema: Schema.constant(text))]) { reader, _ in
      _ = reader.has(name)
      return true
    } write: { _ in
      [.init(name, .string(text))]
    }
  }

  /// One of the cases of an enumeration, on which the fields behind it depend; `noun` is what
  /// messages call it.
  package static func kind<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Choice>, of noun: String, _ presence: Presence, _ meaning: String
  ) -> Field where Choice.RawValue == String {
    Field([ConfigKey(name, presence, meaning, schema: Schema.choice(Choice.names))]) {
      reader, owner in
      let usual = presence.usual(owner[keyPath: path])
      let written = reader.string(name, default: usual?.rawValue)
      if let choice = Choice(rawValue: written) {
        owner[keyPath: path] = choice
        return true
      }
      // A missing name, or one that is no text, has been reported.
      if reader.value[name]?.stringValue != nil {
        reader.reportUnknown(written, of: noun, Choice.names, reader.location(of: name))
      }
      return false
    } write: {
      [.init(name, .string($0[keyPath: path].rawValue))]
    }.choosing(path)
  }
}

extension Field {
  /// The fields of a value that has no object of its own: its keys stand among those of the owner.
  package static func inline<Value>(_ fields: [Field<Value>], _ path: Path<Value>) -> [Field] {
    fields.map { field in
      var inline = Field(field.keys) { reader, owner in
        field.read(reader, into: &owner[keyPath: path])
      } write: { owner in
        field.members(of: owner[keyPath: path])
      }
      inline.isConditional = field.isConditional
      inline.followsOthers = field.followsOthers
      return inline
    }
  }
}

extension RawRepresentable where RawValue == String, Self: CaseIterable {
  fileprivate static var names: [String] { allCases.map(\.rawValue) }
}

extension Presence {
  /// The default of a key: none where it is required.
  func usual<Value>(_ value: Value) -> Value? {
    self == .optional ? value : nil
  }
}
