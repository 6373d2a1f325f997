import Canonical
import Testing

@testable import Model

@Suite struct NetworkChoiceTests {
  private func read(_ text: String) throws -> (value: NetworkChoice, problems: [String]) {
    let json = try JSONParser.parse(Array(text.utf8), file: "test.json").get()
    let diagnostics = DiagnosticCollector()
    return (
      NetworkChoice(reading: json, diagnostics), diagnostics.diagnostics.map(\.message)
    )
  }

  static let examples: [(String, NetworkChoice)] = [
    (#""lenet""#, .lenet), (#"{"name": "lenet"}"#, .lenet),
    (#""mlp""#, .mlp(hidden: [4096], activation: .relu)),
    (
      #"{"name": "mlp", "hidden": [20, 10], "activation": "sigmoid"}"#,
      .mlp(hidden: [20, 10], activation: .sigmoid)
    ),
  ]

  @Test(arguments: examples)
  func `is read and written`(text: String, choice: NetworkChoice) throws {
    let (value, problems) = try read(text)
    #expect(problems == [])
    #expect(value == choice)
    #expect(try read(choice.json.canonicalText).value == choice)
  }

  @Test(arguments: [
    #""lenett""#, #"{"name": "lenet", "hidden": [3]}"#, #"{"name": "mlp", "hidden": []}"#,
    #"{"name": "mlp", "hidden": [0]}"#, #"{"name": "mlp", "hidden": 5}"#,
    #"{"name": "mlp", "activation": "tanhh"}"#,
  ])
  func `a wrong one is refused`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `every name is a network`() throws {
    for name in NetworkChoice.names {
      let (choice, problems) = try read("\"\(name)\"")
      #expect(problems == [])
      #expect(choice.name == name)
      let network = choice.network(
        input: FeatureShape(height: 28, width: 28, channels: 1), classes: 10)
      #expect(try network.placedLayers().last?.output == FeatureShape(vector: 10))
    }
  }
}
