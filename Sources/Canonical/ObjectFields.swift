extension Field {
  /// An object. One that may be absent reads as an empty one.
  /// - Parameter schema: where it is not said here, but in a definition.
  package static func object<Value: ConfigObject>(
    _ name: String, _ path: Path<Value>, _ presence: Presence, _ meaning: String,
    schema: @autoclosure @escaping @Sendable () -> JSONValue = Value.schema
  ) -> Field {
    value(ConfigKey(name, presence, meaning, schema: schema()), path) { reader, _ in
      reader.object(name, default: presence.usual(.object([JSONValue.Member]()))) {
        Value(reading: $0)
      }
    } write: {
      $0.json
    }
  }

  /// An object that may be absent.
  package static func object<Value: ConfigObject>(
    _ name: String, _ path: Path<Value?>, _ meaning: String
  ) -> Field {
    value(ConfigKey(name, .optional, meaning, schema: Value.schema), path) { reader, _ in
      reader.has(name) ? reader.object(name) { Value(reading: $0) } : nil
    } write: {
      $0?.json
    }
  }

  /// A list of objects; absent, it is empty.
  package static func objects<Value: ConfigObject>(
    _ name: String, _ path: Path<[Value]>, _ meaning: String
  ) -> Field {
    value(ConfigKey(name, .optional, meaning, schema: Schema.list(of: Value.schema)), path) {
      reader, _ in
      reader.objects(name) { Value(reading: $0) }
    } write: {
      .array($0.map(\.json))
    }
  }

  /// A list of objects as they are written, for what can only be read where more is known; absent, it is
  /// empty.
  package static func writtenObjects(
    _ name: String, _ path: Path<[JSONValue]>, _ meaning: String,
    of item: @autoclosure @escaping @Sendable () -> JSONValue
  ) -> Field {
    value(ConfigKey(name, .optional, meaning, schema: Schema.list(of: item())), path) { reader, _ in
      reader.objects(name) { $0.value }
    } write: {
      .array($0)
    }
  }
}
