import Canonical

extension JSONValue {
  /// A number that reads back to the same bits, infinities and NaN included; nil is `null`.
  package static func exact(_ value: Double?) -> JSONValue {
    guard let value else { return .null }
    return value.isFinite ? .number(value) : .string("\(value)")
  }

  /// What `exact` wrote; nil for `null` and anything else.
  package var exactDouble: Double? {
    if let doubleValue { return doubleValue }
    switch stringValue {
    case "nan", "-nan": return .nan
    case "inf": return .infinity
    case "-inf": return -.infinity
    default: return nil
    }
  }
}
