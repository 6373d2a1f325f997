import Testing

@testable import Model

@Suite struct ActivationReplacementTests {
  private func read(_ text: String) throws -> (value: (any Regularizer)?, problems: [String]) {
    try reading(text) { RegularizerRegistry.read($0) }
  }

  private func replaced(_ network: NetworkSpec) -> [String] {
    network.allLayers.compactMap { named in
      guard case .activation(let spec) = named.layer, spec.replacement != nil else { return nil }
      return named.name
    }
  }

  private let lenet = NetworkSpec.lenet(input: .mnistImage, classes: 10)

  @Test(arguments: [
    #"{"name": "dropActivation", "keep": 0.9}"#, #"{"name": "dropActivation", "p": 0.9}"#,
    #"{"name": "dropActivation", "drop": 0.1}"#,
  ])
  func `three ways to write one Drop-Activation`(text: String) throws {
    let (value, problems) = try read(text)
    #expect(problems == [])
    #expect(abs((value as? DropActivation)?.keep ?? 0) - 0.9 < 1e-15)
    let again = try #require(try read(value?.json.canonicalText ?? "").value)
    #expect(again.json == value?.json)
  }

  @Test func `the paper's rates and slopes are the defaults`() throws {
    #expect(try read(#"{"name": "dropActivation"}"#).value as? DropActivation == DropActivation())
    #expect(DropActivation().keep == 0.95)
    let rrelu = try read(#"{"name": "rrelu", "test": "xu", "upper": "1/3"}"#).value as? RReLU
    #expect(rrelu == RReLU(test: .xu))
    #expect(abs(RReLU().testSlope - 11.0 / 48) < 1e-15)
    #expect(abs(RReLU(test: .xu).testSlope - 2.0 / 11) < 1e-15)
  }

  @Test(arguments: [
    #"{"name": "dropActivation", "keep": 0.9, "p": 0.9}"#,
    #"{"name": "dropActivation", "keep": 1.1}"#, #"{"name": "dropActivation", "q": 0.9}"#,
    #"{"name": "rrelu", "lower": 0.4}"#, #"{"name": "rrelu", "test": "mean"}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `every activation is replaced, those inside residual additions too`() throws {
    let network = WideResNet(depth: 10, widening: 1).network(input: .cifarImage, classes: 10)
    #expect(
      try replaced(network.attaching([DropActivation()])).sorted()
        == network.activationSites.sorted())
    let block = DropActivation(sites: Sites(["block1.*"]))
    #expect(
      try replaced(network.attaching([block])) == ["block1.layer.0.relu1", "block1.layer.0.relu2"])
  }

  @Test func `RReLU replaces ReLUs alone`() throws {
    let network = DCGANGenerator().network(input: FeatureShape(vector: 100), classes: 1)
    let relus = network.activationSites(of: .relu)
    #expect(try replaced(network.attaching([RReLU()])) == relus)
    #expect(throws: RegularizerConflict.self) {
      try NetworkSpec.mlp(input: .mnistImage, hidden: [9], activation: .sigmoid, classes: 10)
        .attaching([RReLU()])
    }
    #expect(throws: RegularizerConflict.self) {
      try NetworkSpec(name: "linear", input: .mnistImage, layers: [.dense("fc1", 3)])
        .attaching([DropActivation()])
    }
  }

  @Test func `an activation is replaced once`() {
    #expect(throws: RegularizerConflict.self) {
      try lenet.attaching([DropActivation(), RReLU(sites: Sites(["relu1"]))])
    }
    #expect(throws: Never.self) {
      try lenet.attaching([
        DropActivation(sites: Sites(["relu2"])), RReLU(sites: Sites(["relu1"])),
      ])
    }
  }

  @Test func `an unknown activation is refused with a suggestion`() {
    do {
      _ = try lenet.attaching([DropActivation(sites: Sites(["relu9"]))])
      Issue.record("relu9 is no site")
    } catch {
      #expect(error.message.contains("did you mean"))
      #expect(error.message.contains("relu1, relu2, relu3"))
    }
  }
}
