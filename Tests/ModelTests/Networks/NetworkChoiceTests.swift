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
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `every name is a network`() throws {
    for name in NetworkChoice.names {
      let (choice, problems) = try read("\"\(name)\"")
      #expect(problems == [])
      #expect(choice.name == name)
      let network = choice.network(input: choice.usualInput, classes: 10)
      #expect(try !network.placedLayers().isEmpty)
    }
  }

  @Test(arguments: [
    (
      #""wrn-27-8""#,
      #"1:1 "wrn-27-8" cannot have depth 27: the depth must be 6n + 4 | the nearest legal depth is 28"#
    ),
    (
      #""wrn-25-8""#,
      #"1:1 "wrn-25-8" cannot have depth 25: the depth must be 6n + 4 | the nearest legal depth is 22"#
    ),
    (
      #"{"name": "wrn", "depth": 4, "widening": 1}"#,
      #"1:26 "wrn" cannot have depth 4: the depth must be 6n + 4 | the nearest legal depth is 10"#
    ),
    (
      #""vgg-15""#,
      #"1:1 "vgg-15" cannot have depth 15: the depth must be 11, 13, 16 or 19 | the nearest legal depth is 16"#
    ),
    (
      #""resnet-55""#,
      #"1:1 "resnet-55" cannot have depth 55: the depth must be 6n + 2 (basic blocks) or 9n + 2 (bottlenecks) | the nearest legal depth is 56"#
    ),
    (
      #"{"name": "resnet-32", "block": "bottleneck"}"#,
      #"1:10 "resnet-32" cannot have depth 32: the depth must be 9n + 2 | the nearest legal depth is 29"#
    ),
    (
      #""densenet-bc-101-12""#,
      #"1:1 "densenet-bc-101-12" cannot have depth 101: the depth must be 6n + 4 | the nearest legal depth is 100"#
    ),
    (#""wrn-16-0""#, #"1:1 "wrn-16-0": the widening must lie in 1...64"#),
    (
      #""wrn-16""#,
      #"1:1 unknown network "wrn-16" | these networks are called wrn-DEPTH-WIDENING, for example wrn-16-4"#
    ),
    (
      #""wrn-16x4""#,
      #"1:1 unknown network "wrn-16x4" | these networks are called wrn-DEPTH-WIDENING, for example wrn-16-4"#
    ),
    (
      #""vgg-016""#,
      #"1:1 unknown network "vgg-016" | these networks are called vgg-DEPTH, for example vgg-11"#
    ),
    (
      #""resnext-29-8-64""#,
      #"1:1 unknown network "resnext-29-8-64" | these networks are called resnext-DEPTH-CARDINALITYxGROUPWIDTH, for example resnext-29-8x64"#
    ),
    (#""lenet-5""#, #"1:1 unknown network "lenet-5" | did you mean "lenet"?"#),
    (#"{"name": "wrn", "widening": 4}"#, #"1:1 missing key "depth""#),
    (
      #"{"name": "wrn-16-4", "depth": 16}"#, #"1:31 "wrn-16-4" already says the depth"#
    ),
    (
      #"{"name": "vgg-16", "with": 16}"#,
      #"1:20 unknown key "with" | did you mean "width"? allowed: "depth", "dropout", "name", "note", "width""#
    ),
    (
      #"{"name": "mlp", "hidden": []}"#,
      #"1:27 "hidden" must list unit counts, for example [4096]"#
    ),
    (
      #"{"name": "mlp", "hidden": [4, 0]}"#,
      #"1:31 "hidden" lists whole numbers in 1...1048576, found the number 0"#
    ),
    (#"{}"#, #"1:1 missing key "name""#),
  ])
  func `wrong choices say what is legal`(_ text: String, _ expected: String) throws {
    #expect(try choice(text).messages == [expected])
  }

  @Test func `unknown names get a suggestion`() throws {
    let messages = try choice(#""lenett""#).messages
    #expect(messages.count == 1)
    #expect(messages[0].hasPrefix(#"1:1 unknown network "lenett" | did you mean "lenet"?"#))
  }

  @Test func `the longest family name wins`() throws {
    #expect(NetworkChoice.type(of: "resnet-18") == ResNet18.self)
    #expect(NetworkChoice.type(of: "resnet-20") == ResNet.self)
    #expect(NetworkChoice.type(of: "alexnet-32") == AlexNet32.self)
    #expect(NetworkChoice.type(of: "wrnx") == nil)
    let families = NetworkChoice.families.map { $0.family }
    #expect(Set(families).count == families.count)
  }

  @Test func `the depth decides the block`() {
    let usual = [20, 56, 110, 1202].map { ResidualBlock.usual(depth: $0) }
    #expect(usual == [.basic, .basic, .basic, .basic])
    let deep = [164, 1001, 29].map { ResidualBlock.usual(depth: $0) }
    #expect(deep == [.bottleneck, .bottleneck, .bottleneck])
    #expect(ResidualBlock.usual(depth: 21) == nil)
  }

  @Test func `the canonical form of the older families is unchanged`() throws {
    #expect(
      NetworkChoice.mlp(hidden: [4096], activation: .relu).json.canonicalText
        == #"{"activation":"relu","hidden":[4096],"name":"mlp"}"#)
    #expect(NetworkChoice.lenet.json.canonicalText == #"{"name":"lenet"}"#)
    #expect(try choice(#""mlp""#).choice == .mlp(hidden: [4096], activation: .relu))
  }

  @Test func `numbers in the name and in keys mean the same`() throws {
    let byKeys = try choice(
      #"{"name": "resnext", "depth": 29, "cardinality": 8, "groupWidth": 64}"#)
    #expect(byKeys.messages.isEmpty)
    #expect(byKeys.choice == (try choice(#""resnext-29-8x64""#).choice))
  }

  @Test func `a mistyped family name gets a suggestion`() throws {
    let messages = try choice(#""resnt""#).messages
    #expect(messages[0].hasPrefix(#"1:1 unknown network "resnt" | did you mean "resnet"?"#))
  }

  @Test func `labels tell networks of one name apart`() {
    let choices = NetworkChoice.references.map(\.choice)
    let labels = choices.filter { $0.name == "resnet-110" }.map { $0.label(among: choices) }
    #expect(labels == ["resnet-110 shortcut=A", "resnet-110 shortcut=B"])
    #expect(NetworkChoice.lenet.label(among: choices) == "lenet")
  }
}
