import Canonical
import Model
import Testing

@testable import Study

@Suite struct CellTests {
  private func ids(_ text: String) throws -> Set<String> {
    Set(try StudyFixture.load(text).printingErrors().ready().map(\.id))
  }

  @Test func `ids are short and distinct`() throws {
    let study = try StudyFixture.config("mnist-shakeout.json", profile: "desk").printingErrors()
    let cells = study.ready()
    let ids = cells.map(\.id)
    #expect(Set(ids).count == cells.count && cells.count == 54)
    #expect(ids.allSatisfy { $0.count == 16 && $0.allSatisfy(\.isHexDigit) })
    let cell = cells[0]
    #expect(cell.id(dataDigest: "e", weightsDigest: nil) != ids[0])
  }

  @Test func `the id of a run depends on the content of its initial weights, not on their path`()
    throws
  {
    func cell(_ training: String) throws -> Cell {
      let text = StudyFixture.small(("\"batch\": 50", "\"batch\": 50\(training)"))
      let cells = try StudyFixture.load(text).printingErrors().ready()
      return try #require(cells.first)
    }
    let plain = try cell("")
    let one = try cell(", \"initialWeights\": \"a.safetensors\"")
    let other = try cell(", \"initialWeights\": \"b/a.safetensors\"")
    func id(_ cell: Cell, _ digest: String?) -> String {
      cell.id(dataDigest: "d", weightsDigest: digest)
    }
    #expect(id(plain, nil) != plain.id)
    #expect(id(one, "x") == id(other, "x"))
    #expect(Set([plain.id, one.id, id(one, "x"), id(one, "y")]).count == 4)
    #expect(one.spec.json["training"]?["initialWeights"]?.stringValue == "a.safetensors")
  }

  @Test func `ids ignore spelling, key order and notes`() throws {
    let plain = StudyFixture.small()
    let expected = try ids(plain)
    let document = try JSONParser.parse(Array(plain.utf8), file: "x").get()
    #expect(try ids(document.canonicalText) == expected)
    #expect(try ids(document.reversed.prettyText) == expected)
    #expect(try ids(document.noted.prettyText) == expected)
    #expect(
      try ids(
        StudyFixture.small(
          ("\"study\": \"small\"", "\"study\": \"other\", \"title\": \"t\", \"seed\": 1"),
          ("\"batch\": 50", "\"batch\": 5e1"), ("0.9", "\"9/10\""),
          ("\"1/sqrt(n)\"", "\"1/(sqrt(n))\""))) == expected)
  }

  @Test func `changing any number of a config changes the ids`() throws {
    let text = """
      {"study": "s", "seed": 3, "trials": 1,
       "dataset": {"name": "mnist-5k", "validation": 500, "scale": 0.5},
       "trainSize": 300, "network": {"name": "mlp", "hidden": [32, 16]},
       "training": {"batch": 10, "iterations": 50, "initializer": {"gaussian": 0.1},
         "optimizer": {"momentum": 0.5, "weightDecay": 0.1,
           "multipliers": [{"parameters": "*.bias", "learningRate": 2, "weightDecay": 3}]},
         "learningRate": {"schedule": "inv", "base": 0.1, "gamma": 0.2, "power": 0.7}},
       "evaluation": {"every": 20},
       "arms": [{"name": "a", "regularizers": [
         {"name": "shakeout", "drop": 0.4, "c": 0.3, "tanhScale": 2}]}]}
      """
    let document = try JSONParser.parse(Array(text.utf8), file: "x").get()
    let expected = try ids(text)
    let changed = document.withEachNumberChanged(except: ["trials"])
    #expect(changed.count == 20)
    for other in changed {
      let text = other.prettyText
      #expect(try ids(text).isDisjoint(with: expected), "\(text)")
    }
    for (old, new) in [
      ("\"keep\"", "\"drop\""), ("mnist-5k", "mnist"), ("*.bias", "fc1.*"), ("\"a\"", "\"b\""),
    ] {
      guard text.contains(old) else { continue }
      #expect(try ids(text.replacing(old, with: new)).isDisjoint(with: expected))
    }
  }

  @Test func `the folder of user files does not enter the ids`() throws {
    func text(_ folder: String) -> String {
      StudyFixture.small(
        (
          "\"validation\": 1000",
          "\"validation\": 1000, \"files\": \"\(folder)\", \"unverified\": true"
        ))
    }
    #expect(try ids(text("here")) == ids(text("there")))
  }

  @Test func `a specification written as JSON reads back`() throws {
    for name in ["mnist-shakeout.json", "quickstart.json"] {
      let study = try StudyFixture.config(name).printingErrors()
      for cell in study.ready() {
        let text = cell.spec.json.canonicalText
        let value = try JSONParser.parse(Array(text.utf8), file: "cell").get()
        let diagnostics = DiagnosticCollector()
        let again = CellSpec(reading: ObjectReader(value, diagnostics))
        #expect(diagnostics.diagnostics.isEmpty)
        #expect(again == cell.spec && again.json.canonicalText == text)
      }
    }
  }

  @Test func `two hyper-parameters of one name in an arm get names of their own`() throws {
    let text = StudyFixture.small(
      ("[300, 1000]", "[300]"), (", {\"name\": \"mlp\", \"hidden\": [64]}", ""),
      (
        "[{\"name\": \"dropout\", \"drop\": {\"select\": [0.2, 0.5]}}]",
        """
        [{"name": "dropout", "drop": 0.1, "at": "conv2.input"},
         {"name": "dropout", "drop": {"select": [0.2, 0.5]}, "at": "fc1.input"},
         {"name": "dropout", "keep": 0.9, "at": "fc2.input"},
         {"name": "dropout", "drop": 0.3, "at": "conv1.input"}]
        """
      ), ("Dropout.drop", "Dropout.dropout.drop"))
    let study = try StudyFixture.load(text, only: ["arm=Shakeout"]).printingErrors()
    let cells = study.ready()
    #expect(
      cells.map(\.name) == [
        "lenet n=300 Dropout dropout.drop=0.2", "lenet n=300 Dropout dropout.drop=0.5",
      ])
    #expect(
      cells[0].hyperparameters.map(\.text) == [
        "drop=0.1", "dropout.drop=0.2", "keep=0.9", "dropout2.drop=0.3",
      ])
  }

  @Test func `the hyper-parameters of a cell are the numbers of its regularizers`() throws {
    let study = try StudyFixture.config("mnist-shakeout.json", profile: "desk").printingErrors()
    let cells = study.ready()
    let shakeout = try #require(cells.first { $0.arm == "Shakeout" })
    #expect(
      shakeout.hyperparameters == [
        Hyperparameter(name: "drop", value: 0.4),
        Hyperparameter(name: "c", value: 1 / 500.0.squareRoot()),
      ])
    #expect(cells[0].hyperparameters.isEmpty)
    #expect(shakeout.spec.seed == 1 && shakeout.spec.trial == 1)
    let network = try shakeout.spec.networkSpec(#require(shakeout.spec.setup?.facts))
    #expect(network.name == "mlp")
  }
}

extension JSONValue {
  /// The same content with the members of every object in opposite order.
  fileprivate var reversed: JSONValue {
    switch content {
    case .object(let members):
      .object(members.reversed().map { Member($0.name, $0.value.reversed) })
    case .array(let elements): .array(elements.map(\.reversed))
    case .null, .bool, .number, .string: self
    }
  }

  /// The same content with a note in every object that is not a list by name.
  fileprivate var noted: JSONValue {
    switch content {
    case .object(let members):
      .object(
        members.map { Member($0.name, $0.value.noted) } + [Member("note", .string("remark"))])
    case .array(let elements): .array(elements.map(\.noted))
    case .null, .bool, .number, .string: self
    }
  }

  /// One copy for each number, with that number changed a little.
  fileprivate func withEachNumberChanged(except names: Set<String>) -> [JSONValue] {
    switch content {
    case .number(let value, _):
      return [.number(value == value.rounded() ? value + 1 : value * 1.25)]
    case .array(let elements):
      return elements.indices.flatMap { index in
        elements[index].withEachNumberChanged(except: names).map { changed in
          var copy = elements
          copy[index] = changed
          return .array(copy)
        }
      }
    case .object(let members):
      return members.indices.filter { !names.contains(members[$0].name) }.flatMap { index in
        members[index].value.withEachNumberChanged(except: names).map { changed in
          var copy = members
          copy[index].value = changed
          return .object(copy)
        }
      }
    case .null, .bool, .string: return []
    }
  }
}
