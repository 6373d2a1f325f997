import Canonical

/// A run's record as fields: the columns of runs.csv and the members of the journal's objects have the
/// same names.
extension RunRecord {
  /// How a field is written in JSON.
  private enum Kind {
    case text
    case number
    case flag
    /// `name=value;…`
    case list
  }

  /// What stands in every record beside its axes.
  private static let kinds: [(name: String, kind: Kind)] = [
    ("id", .text), ("stage", .text), ("arm", .text), ("trial", .number),
    ("hyperparameters", .list), ("updates", .number), ("test_error_last", .number),
    ("test_error_at_best_validation", .number), ("best_validation_error", .number),
    ("best_validation_update", .number), ("best_test_error", .number),
    ("best_test_update", .number), ("validation_error_last", .number),
    ("training_loss_last", .number), ("diverged", .flag), ("weights_sha256", .text),
    ("openblas_core", .text), ("build", .text), ("data", .text), ("verified", .flag),
    ("measures", .list), ("arithmetic", .text), ("series", .text),
  ]

  /// How many of them stand before the axes.
  static let headCount = 3
  /// All columns but the axes.
  static let columns = kinds.map(\.name)

  /// The fields in the order of `columns`, with the axes' values behind the first three.
  var fields: [String] {
    func text(_ value: Double?) -> String { value?.shortestText ?? "" }
    func text(_ value: Int?) -> String { value.map { String($0) } ?? "" }
    return [id, stage.rawValue, arm] + axes.map(\.value) + [
      String(trial), hyperparameters.map(\.text).joined(separator: ";"), String(updates),
      text(testErrorLast), text(testErrorAtBestValidation), text(bestValidationError),
      text(bestValidationUpdate), text(bestTestError), text(bestTestUpdate),
      text(validationErrorLast), text(trainingLossLast), diverged ? "yes" : "no", weightsDigest,
      openBLASCore, build, dataDigest, isVerified ? "yes" : "no",
      measures.map(\.text).joined(separator: ";"), arithmetic.text, seriesDigest,
    ]
  }

  /// Identifies the row: 16 hexadecimal digits of a hash of the axes' names and all fields.
  var rowDigest: String {
    String(SHA256.hex(Array(CSV.row(axes.map(\.key) + fields).utf8)).prefix(16))
  }

  /// The record from fields by name; what is not sound is noted in the reader.
  init(_ row: FieldReader, axes: [AxisValue]) {
    let core = row.text("openblas_core")
    self.init(
      id: row.text("id"), stage: row.choice("stage"), arm: row.text("arm"), axes: axes,
      trial: row.int("trial"), hyperparameters: row.hyperparameters("hyperparameters"),
      updates: row.int("updates"), testErrorLast: row.optional("test_error_last", row.double),
      testErrorAtBestValidation: row.optional("test_error_at_best_validation", row.double),
      bestValidationError: row.optional("best_validation_error", row.double),
      bestValidationUpdate: row.optional("best_validation_update", row.int),
      bestTestError: row.optional("best_test_error", row.double),
      bestTestUpdate: row.optional("best_test_update", row.int),
      validationErrorLast: row.optional("validation_error_last", row.double),
      trainingLossLast: row.optional("training_loss_last", row.double),
      diverged: row.bool("diverged"), weightsDigest: row.text("weights_sha256"),
      openBLASCore: core, build: row.text("build"), dataDigest: row.text("data"),
      isVerified: row.bool("verified"),
      arithmetic: row.optional("arithmetic") { Arithmetic(text: row.text($0)) }
        ?? .ofEarlierVersions(core: core),
      measures: row.measures("measures"), seriesDigest: row.text("series"))
  }

  /// The object in the journal.
  var json: JSONValue {
    let axisMembers = axes.map { JSONValue.Member($0.key, .string($0.value)) }
    let texts = fields.prefix(Self.headCount) + fields.dropFirst(Self.headCount + axes.count)
    let members = zip(Self.kinds, texts).map { column, text in
      JSONValue.Member(column.name, Self.json(text, column.kind))
    }
    return .object(
      Array(members.prefix(Self.headCount)) + [.init("axes", .object(axisMembers))]
        + members.dropFirst(Self.headCount))
  }

  /// Reads what `json` wrote; nil if it is anything else.
  init?(_ json: JSONValue) {
    guard let axes = json["axes"]?.members else { return nil }
    var texts: [String: String] = [:]
    for (name, kind) in Self.kinds {
      guard let member = json[name], let text = Self.text(member, kind) else { return nil }
      texts[name] = text
    }
    let reader = FieldReader(texts)
    self.init(
      reader, axes: axes.map { AxisValue(key: $0.name, value: $0.value.stringValue ?? "") })
    if reader.problem != nil { return nil }
  }

  private static func json(_ text: String, _ kind: Kind) -> JSONValue {
    switch kind {
    case .text: .string(text)
    case .number: .exact(Double(text))
    case .flag: .bool(text == "yes")
    case .list: .array(text.split(separator: ";").map { .string(String($0)) })
    }
  }

  private static func text(_ json: JSONValue, _ kind: Kind) -> String? {
    switch kind {
    case .text: json.stringValue
    case .number: json == .null ? "" : json.exactDouble?.shortestText
    case .flag: json.boolValue.map { $0 ? "yes" : "no" }
    case .list: json.elements?.compactMap(\.stringValue).joined(separator: ";")
    }
  }
}

/// Reads fields by name and remembers the first that is not sound.
final class FieldReader {
  private let values: [String: String]
  private(set) var problem: String?

  init(_ values: [String: String]) { self.values = values }

  func text(_ name: String) -> String { values[name] ?? "" }

  func int(_ name: String) -> Int {
    let value = Int(text(name)) ?? wrong(name, "a whole number", 0)
    return value < 0 ? wrong(name, "0 or more", 0) : value
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
