import Canonical
import Testing

@testable import Study

/// The part of JSON Schema that `StudySchema` uses.
struct SchemaValidator {
  let root: JSONValue

  func accepts(_ value: JSONValue) -> Bool { accepts(value, root) }

  private func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    if let reference = schema["$ref"]?.stringValue {
      let name = String(reference.dropFirst("#/$defs/".count))
      return root["$defs"]?[name].map { accepts(value, $0) } ?? false
    }
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
    for pattern in schema["patternProperties"]?.members ?? [] {
      // Of the form ^(a|b|c)(\..+)?$.
      let names = pattern.name.dropFirst(2).prefix { $0 != ")" }.split(separator: "|")
      let first = member.name.split(separator: ".").first ?? ""
      if names.contains(first) { return accepts(member.value, pattern.value) }
    }
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

  /// Errors that a schema can see: unknown keys, wrong types and ranges, in the document itself.
  private func isVisible(_ error: Diagnostic) -> Bool {
    let words = ["unknown key \"", "must lie in ", "must be a whole number", "must be a string"]
    return words.contains { error.message.contains($0) }
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

  /// What the parser refuses for its keys, types or ranges, the schema refuses: in the file in which
  /// the mistake stands, also in patches, overrides and networks.
  @Test(arguments: StudyFixture.names(in: StudyFixture.cases, ending: ".json"))
  func `schema and parser agree`(name: String) throws {
    let folder = StudyFixture.cases
    guard let value = document(try StudyFixture.read("\(folder)/\(name)"), name),
      case .failure(let error) = StudySpec.load(
        file: name,
        read: { (file) throws(UnreadableFile) in try StudyFixture.read("\(folder)/\(file)") })
    else { return }
    let own = error.diagnostics.filter { $0.location.file == name }
    if own.contains(where: isVisible) {
      #expect(!validator.accepts(value), "\(name): \(error.text)")
    }
  }

  @Test func `every key of the schema is one that the parser knows`() throws {
    let plain = try #require(StudySchema.json["anyOf"]?.elements?.first?["properties"])
    let properties = try #require(plain.members).map(\.name)
    for key in CellSpec.keys where key != "regularizers" { #expect(properties.contains(key)) }
    for key in ["arms", "axes", "overrides", "reproduces", "profiles"] {
      #expect(properties.contains(key))
    }
    let training = plain["training"]?["properties"]
    let rate = training?["learningRate"]?["properties"]
    for key in ["schedule", "base", "gamma", "power", "factor", "every", "decay"] {
      #expect(rate?[key] != nil, "\(key)")
    }
    #expect(training?["epochs"]?["anyOf"] != nil)
    #expect(training?["optimizer"]?["properties"]?["momentum"] != nil)
  }

  @Test func `selections and expressions are accepted`() throws {
    let text = """
      {"study": "s", "trials": 1, "dataset": {"name": "mnist", "scale": "1/256"},
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
