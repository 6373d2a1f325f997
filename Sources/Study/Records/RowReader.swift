/// Reads the fields of one row of a table by name and remembers the first that is not sound.
final class RowReader {
  private let values: [String: String]
  private(set) var problem: String?

  init(names: [String], fields: [String]) {
    values = Dictionary(zip(names, fields)) { first, _ in first }
  }

  func text(_ name: String) -> String { values[name] ?? "" }

  func int(_ name: String) -> Int {
    Int(text(name)) ?? wrong(name, "a whole number", 0)
  }

  func double(_ name: String) -> Double {
    Double(text(name)) ?? wrong(name, "a number", 0)
  }

  func bool(_ name: String) -> Bool {
    switch text(name) {
    case "yes": true
    case "no": false
    default: wrong(name, "yes or no", false)
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) -> Choice
  where Choice.RawValue == String {
    let all = Choice.allCases
    return Choice(rawValue: text(name))
      ?? wrong(name, all.map(\.rawValue).joined(separator: " or "), all[all.startIndex])
  }

  /// Nil where the field is empty.
  func optional<Value>(_ name: String, _ read: (String) -> Value) -> Value? {
    text(name).isEmpty ? nil : read(name)
  }

  /// `drop=0.4;c=0.1`.
  func hyperparameters(_ name: String) -> [Hyperparameter] {
    text(name).split(separator: ";").compactMap { item in
      guard let equals = item.lastIndex(of: "="),
        let value = Double(item[item.index(after: equals)...])
      else { return wrong(name, "name=value;…", nil) }
      return Hyperparameter(name: String(item[..<equals]), value: value)
    }
  }

  /// `sparsity=0.9;predictive_entropy=0.1`.
  func measures(_ name: String) -> [Measure] {
    text(name).split(separator: ";").compactMap { Measure($0) ?? wrong(name, "name=value;…", nil) }
  }

  private func wrong<Value>(_ name: String, _ expected: String, _ stand: Value) -> Value {
    if problem == nil { problem = "\(name) must be \(expected), found \"\(text(name))\"" }
    return stand
  }
}
