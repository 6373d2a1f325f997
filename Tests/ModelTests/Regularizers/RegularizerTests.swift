import Testing

@testable import Model

@Suite struct RegularizerTests {
  private let lenet = NetworkSpec.lenet(
    input: FeatureShape(height: 28, width: 28, channels: 1), classes: 10)

  private func read(_ text: String) throws -> (value: (any Regularizer)?, problems: [String]) {
    try reading(text) { RegularizerRegistry.read($0) }
  }

  @Test func `names are unique`() {
    let names = RegularizerRegistry.all.map { $0.name }
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: [
    #"{"name": "dropout", "drop": 0.3}"#, #"{"name": "dropout", "tau": 0.3}"#,
    #"{"name": "dropout", "keep": 0.7}"#, #"{"name": "dropout", "drop": 0.3, "at": []}"#,
  ])
  func `four ways to write one dropout`(text: String) throws {
    let (value, problems) = try read(text)
    #expect(problems == [])
    let dropout = try #require(value as? Dropout)
    #expect(abs(dropout.drop - 0.3) < 1e-15)
    #expect(dropout.sites == Sites())
  }

  @Test func `Shakeout is read with its defaults and written in full`() throws {
    let (value, problems) = try read(#"{"name": "shakeout", "tau": 0.5, "c": 0.1}"#)
    #expect(problems == [])
    #expect(value as? Shakeout == Shakeout(drop: 0.5, c: 0.1, tanhScale: 1))
    #expect(
      value?.json.canonicalText
        == #"{"at":[],"c":0.1,"drop":0.5,"name":"shakeout","tanhScale":1}"#)
  }

  @Test(arguments: [
    #"{"name": "dropout", "drop": 0.3, "at": ["fc1.input"]}"#,
    #"{"name": "shakeout", "drop": 0.5, "c": 2, "tanhScale": 3, "at": "fc1.input"}"#,
  ])
  func `the canonical form reads back`(text: String) throws {
    let first = try #require(try read(text).value)
    let second = try #require(try read(first.json.canonicalText).value)
    #expect(first.json == second.json)
  }

  @Test(arguments: [
    #"{"name": "droput", "drop": 0.3}"#, #"{"drop": 0.3}"#, #"{"name": "dropout"}"#,
    #"{"name": "dropout", "drop": 0.3, "keep": 0.7}"#, #"{"name": "dropout", "drop": 1}"#,
    #"{"name": "dropout", "keep": 0}"#, #"{"name": "dropout", "drop": -0.1}"#,
    #"{"name": "dropout", "drop": 0.3, "c": 1}"#, #"{"name": "shakeout", "drop": 0.3}"#,
    #"{"name": "shakeout", "drop": 0.3, "c": -1}"#,
    #"{"name": "shakeout", "drop": 0.3, "c": 1, "tanhScale": 0}"#,
    #"{"name": "dropout", "drop": 0.3, "at": 5}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `dropout goes before the last linear layer and is named after its site`() throws {
    let network = try lenet.attaching([Dropout(drop: 0.5)])
    #expect(network.layers.map(\.name).suffix(3) == ["relu3", "fc2.input", "fc2"])
    #expect(network.layers[8].layer == .unitNoise(.dropout(drop: 0.5)))
    #expect(try network.parameterCount() == lenet.parameterCount())
    #expect(network.linearSites == lenet.linearSites)
  }

  @Test func `Shakeout replaces the product of the last linear layer`() throws {
    let shakeout = Shakeout(drop: 0.5, c: 0.1)
    let network = try lenet.attaching([shakeout])
    #expect(network.layers.map(\.name) == lenet.layers.map(\.name))
    #expect(
      network.layers.last?.layer
        == .dense(DenseSpec(outputs: 10, replacement: .shakeout(shakeout))))
  }

  @Test func `sites may be named`() throws {
    let network = try lenet.attaching([
      Dropout(drop: 0.2, sites: Sites(["conv1.input", "fc1.input"])),
      Shakeout(drop: 0.5, c: 0.1, sites: Sites(["fc1.input"])),
    ])
    #expect(network.layers[0].name == "conv1.input")
    #expect(network.layers.filter { $0.layer.kind == "dropout" }.count == 2)
  }

  @Test func `an unknown site is refused with a suggestion`() {
    let conflict = conflict(of: [Dropout(drop: 0.2, sites: Sites(["fc3.input"]))])
    #expect(conflict?.regularizer == "dropout")
    #expect(conflict?.message.contains("did you mean") == true)
    #expect(conflict?.message.contains("conv1.input, conv2.input") == true)
  }

  @Test func `two replacements of one product exclude each other`() {
    let shakeout = Shakeout(drop: 0.2, c: 1)
    #expect(conflict(of: [shakeout, shakeout])?.message.contains("already") == true)
  }

  @Test func `Shakeout replaces a convolution`() throws {
    let shakeout = Shakeout(drop: 0.2, c: 1, sites: Sites(["conv1.input"]))
    guard case .convolution(let spec) = try lenet.attaching([shakeout]).layers[0].layer else {
      Issue.record("the first layer is a convolution")
      return
    }
    #expect(spec.replacement == .shakeout(shakeout))
  }

  private func conflict(of regularizers: [any Regularizer]) -> RegularizerConflict? {
    do {
      _ = try lenet.attaching(regularizers)
      return nil
    } catch {
      return error
    }
  }
}
