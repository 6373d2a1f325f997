import Canonical
import TestSupport
import Testing

@testable import Study

/// The part of JSON Schema that `StudySchema` uses.
struct SchemaValidator {
  let root: JSONValue

  func accepts(_ value: JSONValue) -> Bool { accepts(value, root) }

  private func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    if let isAny = schema.boolValue { return isAny }
    if let reference = schema["$ref"]?.stringValue {
      let name = String(reference.dropFirst("#/$defs/".count))
      guard let definition = root["$defs"]?[name], accepts(value, definition) else { return false }
    }
    return combines(value, schema) && fits(value, schema)
  }

  /// What a schema says by means of others.
  private func combines(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    for each in schema["allOf"]?.elements ?? [] where !accepts(value, each) { return false }
    if let other = schema["not"], accepts(value, other) { return false }
    if let others = schema["oneOf"]?.elements, others.count(where: { accepts(value, $0) }) != 1 {
      return false
    }
    guard let condition = schema["if"] else { return true }
    let consequence = accepts(value, condition) ? schema["then"] : schema["else"]
    return consequence.map { accepts(value, $0) } ?? true
  }

  private func fits(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    if let choices = schema["enum"]?.elements, !choices.contains(value) { return false }
    if let constant = schema["const"], constant != value { return false }
    if let alternatives = schema["anyOf"]?.elements,
      !alternatives.contains(where: { accepts(value, $0) })
    {
      return false
    }
    if let type = schema["type"] {
      let types = type.elements?.compactMap(\.stringValue) ?? [type.stringValue ?? ""]
      guard types.contains(where: { isType($0, value) }) else { return false }
    }
    if let pattern = schema["pattern"]?.stringValue, let text = value.stringValue {
      guard let regex = try? Regex(pattern), text.contains(regex) else { return false }
    }
    if let most = schema["maxLength"]?.intValue, value.stringValue.map({ $0.count > most }) == true
    {
      return false
    }
    if let number = value.doubleValue {
      if let least = schema["minimum"]?.doubleValue, number < least { return false }
      if let most = schema["maximum"]?.doubleValue, number > most { return false }
    }
    if let elements = value.elements {
      if let items = schema["items"], !elements.allSatisfy({ accepts($0, items) }) { return false }
      if let least = schema["minItems"]?.intValue, elements.count < least { return false }
    }
    let required = schema["required"]?.elements?.compactMap(\.stringValue) ?? []
    if value.members != nil, required.contains(where: { value[$0] == nil }) { return false }
    return (value.members ?? []).allSatisfy { acceptsMember($0, schema) }
  }

  private func acceptsMember(_ member: JSONValue.Member, _ schema: JSONValue) -> Bool {
    if let known = schema["properties"]?[member.name] { return accepts(member.value, known) }
    if let names = schema["propertyNames"], !accepts(.string(member.name), names) { return false }
    let patterns = (schema["patternProperties"]?.members ?? []).filter { pattern in
      (try? Regex(pattern.name)).map { member.name.contains($0) } == true
    }
    if !patterns.isEmpty { return patterns.allSatisfy { accepts(member.value, $0.value) } }
    guard let others = schema["additionalProperties"] else { return true }
    return others.boolValue ?? accepts(member.value, others)
  }

  private func isType(_ type: String, _ value: JSONValue) -> Bool {
    switch type {
    case "object": value.members != nil
    case "array": value.elements != nil
    case "string": value.stringValue != nil
    case "number": value.doubleValue != nil
    case "integer": value.intValue != nil
    case "boolean": value.boolValue != nil
    case "null": value.content == .null
    default: false
    }
  }
}

@Suite struct StudySchemaTests {
  private let validator = SchemaValidator(root: StudySchema.json)

  private func document(_ text: [UInt8], _ name: String) -> JSONValue? {
    try? JSONParser.parse(text, file: name).get()
  }

  @Test func `the configs of the project are accepted`() throws {
    let folder = StudyFixture.repository + "/configs"
    for name in StudyFixture.names(in: folder, ending: ".json") {
      let value = try #require(document(try StudyFixture.read("\(folder)/\(name)"), name))
      let isAccepted = validator.accepts(value)
      #expect(isAccepted, "\(name)")
    }
    let starter = try #require(document(Array(StarterStudy.text(name: "x").utf8), "x"))
    #expect(validator.accepts(starter))
  }

  /// Mistakes that a schema can see, in keys, types, ranges and what is missing, it refuses; the others
  /// are listed by name.
  @Test func `the schema refuses every broken config but the listed ones`() throws {
    let folder = StudyFixture.cases
    let list = String(
      decoding: try StudyFixture.read("\(folder)/accepted-by-schema.list"), as: UTF8.self)
    let accepted = StudyFixture.names(in: folder, ending: ".json").filter { name in
      guard let bytes = try? StudyFixture.read("\(folder)/\(name)"),
        let value = document(bytes, name)
      else { return false }
      return validator.accepts(value)
    }
    #expect(accepted == list.split(separator: "\n").map(String.init))
  }

  @Test func `the committed schema is the one the program prints, and small`() throws {
    let text = StudySchema.text
    let isCurrent = try RepositoryText.isWhole(StudySchema.fileName, text)
    #expect(isCurrent, "regbench explain --schema > \(StudySchema.fileName)")
    #expect(text.utf8.count < 200_000)
  }

  @Test func `every reference leads to a definition`() throws {
    let names = Set(try #require(StudySchema.json["$defs"]?.members).map(\.name))
    func references(in value: JSONValue) -> [String] {
      let own = value["$ref"]?.stringValue.map { [String($0.dropFirst("#/$defs/".count))] } ?? []
      let inner = (value.members?.map(\.value) ?? []) + (value.elements ?? [])
      return own + inner.flatMap { references(in: $0) }
    }
    let used = Set(references(in: StudySchema.json))
    #expect(used.subtracting(names) == [])
    // Nothing patches an element of these lists alone, or a whole range.
    #expect(names.subtracting(used).count < 4, "\(names.subtracting(used))")
  }

  @Test func `every key of the schema is one that the parser knows`() throws {
    let plain = try #require(StudySchema.study["properties"])
    let properties = try #require(plain.members).map(\.name)
    for key in CellSpec.keyNames where key != "regularizers" { #expect(properties.contains(key)) }
    for key in ["arms", "axes", "overrides", "reproduces", "profiles"] {
      #expect(properties.contains(key))
    }
    let training = StudySchema.definition("training")["properties"]
    let kinds = training?["learningRate"]?["anyOf"]?.elements ?? []
    for key in ["schedule", "base", "gamma", "power", "factor", "every", "decay"] {
      #expect(kinds.contains { $0["properties"]?[key] != nil }, "\(key)")
    }
    let step = try #require(kinds.first { $0["properties"]?["every"] != nil })
    #expect(
      step["required"]?.canonicalText == #"["schedule","base","factor","every"]"#)
    #expect(training?["epochs"]?["$ref"] != nil)
    let momentum = training?["optimizer"]?["anyOf"]?.elements?[0]["properties"]?["momentum"]
    #expect(momentum?["default"]?.doubleValue == 0)
  }

  @Test func `a study that extends another may take its profiles away`() throws {
    func accepts(_ text: String) throws -> Bool {
      validator.accepts(try #require(document(Array(text.utf8), "s")))
    }
    #expect(try accepts(#"{"extends": "base.json", "study": "s", "profiles": {"desk": null}}"#))
    #expect(try !accepts(#"{"study": "s", "profiles": {"desk": null}}"#))
  }

  @Test func `a required key that no axis, arm or override adds must be present`() throws {
    let text = """
      {"study": "s", "trials": 1, "dataset": {"name": "mnist"}, "network": "lenet",
       "training": {"batch": 8, "epochs": 1, "optimizer": {}, "learningRate": {"base": 0.1}},
       "arms": [{"name": "a"}]}
      """
    func accepts(_ change: (String, String), _ more: (String, String)? = nil) throws -> Bool {
      var changed = text.replacing(change.0, with: change.1)
      if let more { changed = changed.replacing(more.0, with: more.1) }
      return validator.accepts(try #require(document(Array(changed.utf8), "s")))
    }
    #expect(try accepts(("", "")))
    #expect(try !accepts(("\"batch\": 8, ", "")))
    #expect(try !accepts(("\"epochs\": 1, ", "")))
    #expect(try !accepts(("\"epochs\": 1", "\"epochs\": 1, \"iterations\": 3")))
    #expect(try !accepts(("\"network\": \"lenet\",", "")))
    #expect(try !accepts(("\"trials\": 1, ", "")))
    // An axis, an arm or an override may say it instead.
    #expect(
      try accepts(
        ("\"batch\": 8, ", ""), ("{\"study\"", "{\"axes\": {\"training.batch\": [8]}, \"study\"")))
    #expect(
      try accepts(("\"batch\": 8, ", ""), ("\"a\"}", "\"a\", \"training\": {\"batch\": 8}}")))
  }

  @Test func `a study may name its schema, which changes nothing`() throws {
    let plain = StudyFixture.small()
    let naming = StudyFixture.small(("\"study\":", "\"$schema\": \"x.json\", \"study\":"))
    #expect(validator.accepts(try #require(document(Array(naming.utf8), "s"))))
    let studies = try [plain, naming].map { try StudyFixture.load($0).get() }
    #expect(studies[0].resolved.canonicalText == studies[1].resolved.canonicalText)
    let wrong = StudyFixture.small(("\"study\":", "\"$schema\": 3, \"study\":"))
    guard case .failure(let error) = StudyFixture.load(wrong) else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains("\"$schema\" must name a JSON Schema, found the number 3"))
  }

  @Test func `selections and expressions are accepted`() throws {
    let text = """
      {"study": "s", "trials": 1, "dataset": {"name": "mnist", "scale": "1/256"},
       "training": {"batch": 8, "epochs": 1, "optimizer": {}, "learningRate": {"base": 0.1}},
       "network": {"name": "mlp"}, "arms": [{"name": "a", "regularizers": [{"name": "shakeout",
       "tau": {"select": {"from": 0.1, "to": 0.4, "random": 3}}, "c": "1/sqrt(n)"}]}]}
      """
    #expect(validator.accepts(try #require(document(Array(text.utf8), "s"))))
    for (right, wrong) in [
      ("\"trials\": 1", "\"trials\": 0"), ("\"tau\"", "\"tua\""), ("\"random\"", "\"ranom\""),
      ("\"shakeout\"", "\"shakeuot\""), ("\"study\": \"s\"", "\"study\": 3"),
    ] {
      let broken = text.replacing(right, with: wrong)
      #expect(!validator.accepts(try #require(document(Array(broken.utf8), "s"))), "\(wrong)")
    }
  }
}
