import Testing

@testable import Canonical

/// A rule with a kind on which its other keys depend.
private struct Rule: Configurable, Equatable {
  enum Kind: String, CaseIterable { case constant, step }

  var kind = Kind.constant
  var base = 0.0
  var every = 10
  var note: String?

  static let blank = Rule()
  static let fields: [Field<Rule>] = [
    .kind("kind", \.kind, of: "rule", .optional, "its kind"),
    .number("base", \.base, in: 0...1, .required, "where it starts"),
    .whole("every", \.every, in: 1...100, .optional, "updates between steps")
      .when { $0.kind == .step },
    .text("remark", \.note, "what is remarkable"),
  ]
}

private struct Recipe: Configurable, Equatable {
  var rule = Rule.blank
  var inner = Rule.blank
  var names: [String] = []
  var isNew = false

  static let blank = Recipe()
  static let fields: [Field<Recipe>] =
    [
      .object("rule", \.rule, .required, "the rule"),
      .texts("names", \.names, .optional, "some names"),
      .flag("new", \.isNew, .optional, "whether it is new").omitted { !$0.isNew },
    ] + Field.inline(Rule.fields, \.inner)

  func check(_ reader: ObjectReader) {
    if rule == inner { reader.report("both rules are the same", key: "rule") }
  }
}

@Suite struct ConfigurableTests {
  private func read<Value: ConfigObject>(
    _ type: Value.Type, _ text: String
  ) throws -> (value: Value, problems: [String]) {
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(text.utf8), file: "x").get()
    let value = type.init(reading: ObjectReader(json, diagnostics))
    return (value, diagnostics.diagnostics.map(\.message))
  }

  @Test func `absent keys have the values of the blank one`() throws {
    let (rule, problems) = try read(Rule.self, #"{"kind": "step", "base": 0.5}"#)
    #expect(problems == [])
    #expect(rule == Rule(kind: .step, base: 0.5))
    #expect(rule.json.canonicalText == #"{"base":0.5,"every":10,"kind":"step"}"#)
  }

  @Test func `a key of another kind is unknown`() throws {
    #expect(
      try read(Rule.self, #"{"base": 0.5, "every": 3}"#).problems == ["unknown key \"every\""])
  }

  @Test func `after an unknown kind nothing else is reported`() throws {
    let problems = try read(Rule.self, #"{"kind": "stepp", "every": 3, "bsae": 1}"#).problems
    #expect(problems == ["unknown rule \"stepp\""])
  }

  @Test func `a required key and a range are checked`() throws {
    #expect(try read(Rule.self, "{}").problems == ["missing key \"base\""])
    #expect(
      try read(Rule.self, #"{"base": 2}"#).problems == ["\"base\" must lie in 0...1"])
  }

  @Test func `inline fields stand beside the owner's own`() throws {
    let text = #"{"rule": {"base": 1}, "names": "a", "kind": "step", "base": 0.25, "every": 2}"#
    let (recipe, problems) = try read(Recipe.self, text)
    #expect(problems == [])
    #expect(recipe.inner == Rule(kind: .step, base: 0.25, every: 2))
    #expect(recipe.names == ["a"])
    let (again, none) = try read(Recipe.self, recipe.json.canonicalText)
    #expect(none == [])
    #expect(again == recipe)
    #expect(recipe.json["new"] == nil)
    #expect(
      try read(Recipe.self, #"{"rule": {"base": 1}, "base": 1}"#).problems
        == ["both rules are the same"])
  }

  @Test func `a change says only what is different`() throws {
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(#"{"base": 0.75}"#.utf8), file: "x").get()
    let known = Rule(kind: .step, base: 0.5, every: 7)
    let changed = Rule(reading: ObjectReader(json, diagnostics), changing: known)
    #expect(diagnostics.diagnostics == [])
    #expect(changed == Rule(kind: .step, base: 0.75, every: 7))
  }

  @Test func `the schema has every key with its range and meaning`() throws {
    let kinds = try #require(Rule.schema["anyOf"]?.elements)
    let every = kinds[1]["properties"]?["every"]
    #expect(every?["minimum"]?.intValue == 1 && every?["maximum"]?.intValue == 100)
    #expect(every?["description"]?.stringValue == "updates between steps")
    #expect(kinds[0]["properties"]?["every"] == nil)
    let names = kinds.map { $0["properties"]?["kind"]?["enum"]?.canonicalText }
    #expect(names == [#"["constant"]"#, #"["step"]"#])
    #expect(Recipe.keys.map(\.name) == ["rule", "names", "new", "kind", "base", "every", "remark"])
    #expect(Rule.keys(likewise: "base").map(\.name) == ["base"])
  }

  @Test func `the schema says what must be there, and what absence means`() throws {
    let kinds = try #require(Rule.schema["anyOf"]?.elements)
    #expect(kinds.map { $0["required"]?.canonicalText } == [#"["base"]"#, #"["kind","base"]"#])
    #expect(kinds[0]["properties"]?["kind"]?["default"]?.stringValue == "constant")
    #expect(kinds[1]["properties"]?["every"]?["default"]?.intValue == 10)
    // Objects and empty lists say nothing.
    let recipe = Recipe.schema["properties"]
    #expect(recipe?["rule"]?["default"] == nil && recipe?["names"]?["default"] == nil)
    #expect(recipe?["new"]?["default"]?.boolValue == false)
  }

  @Test func `an object has exactly one of keys that exclude each other`() {
    let one = ConfigKey("a", .required, "one", alternatives: ["a", "b"], schema: Schema.string)
    let other = ConfigKey("b", .required, "other", alternatives: ["a", "b"], schema: Schema.string)
    let schema = Schema.object([one, other])
    #expect(schema["required"] == nil)
    #expect(schema["oneOf"]?.canonicalText == #"[{"required":["a"]},{"required":["b"]}]"#)
  }

  @Test func `numbers of a schema can be replaced, but for those in lists`() {
    let schema = Schema.object([
      ConfigKey("a", .optional, "a number", schema: Schema.integer(1...2)),
      ConfigKey("b", .optional, "numbers", schema: Schema.list(of: Schema.integer(1...2))),
    ])
    let changed = Schema.mapNumbers(in: schema) { .object(["anyOf": .array([$0])]) }
    #expect(changed["properties"]?["a"]?["anyOf"]?.elements?.count == 1)
    #expect(changed["properties"]?["a"]?["description"]?.stringValue == "a number")
    #expect(changed["properties"]?["b"] == schema["properties"]?["b"])
  }

  @Test func `a key of several kinds takes what any of them takes`() {
    let members = Schema.members(of: [
      ConfigKey("x", .optional, "one", schema: Schema.integer(1...2)),
      ConfigKey("x", .optional, "other", schema: Schema.string),
    ])
    #expect(members.count == 1)
    #expect(members[0].value["anyOf"]?.elements?.count == 2)
    #expect(members[0].value["description"]?.stringValue == "one; other")
  }
}
