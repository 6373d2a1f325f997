import Testing

@testable import Model

@Suite struct UnitNoiseTests {
  private let lenet = NetworkSpec.lenet(input: .mnistImage, classes: 10)

  private func read(_ text: String) throws -> (value: (any Regularizer)?, problems: [String]) {
    try reading(text) { RegularizerRegistry.read($0) }
  }

  @Test(arguments: [
    #"{"name": "gaussianDropout", "variance": 1}"#, #"{"name": "gaussianDropout", "drop": 0.5}"#,
    #"{"name": "gaussianDropout", "tau": 0.5}"#, #"{"name": "gaussianDropout", "keep": 0.5}"#,
  ])
  func `four ways to write one Gaussian dropout`(text: String) throws {
    let (value, problems) = try read(text)
    #expect(problems == [])
    #expect(value as? GaussianDropout == GaussianDropout(variance: 1))
  }

  @Test(arguments: [
    #"{"name": "gaussianDropout"}"#, #"{"name": "gaussianDropout", "variance": 1, "drop": 0.5}"#,
    #"{"name": "gaussianDropout", "drop": 1}"#, #"{"name": "dropConnect"}"#,
    #"{"name": "stochasticDepth", "drop": 0.5, "rule": "quadratic"}"#,
    #"{"name": "stochasticDepth", "drop": 0.5, "draw": "unit"}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `two kinds of noise at one site exclude each other`() {
    #expect(throws: RegularizerConflict.self) {
      try lenet.attaching([Dropout(drop: 0.5), GaussianDropout(variance: 1)])
    }
  }

  @Test func `stochastic depth adds a noise layer to the end of each branch`() throws {
    let network = ResNet(depth: 20).network(input: .cifarImage, classes: 10)
    let noisy = try network.attaching([StochasticDepth(drop: 0.45)])
    let rates = noisy.allLayers.compactMap { named -> Double? in
      guard case .unitNoise(.branchDrop(let drop, true)) = named.layer else { return nil }
      #expect(named.name.hasSuffix(".branch"))
      return drop
    }
    #expect(rates.count == 9)
    for (place, rate) in rates.enumerated() {
      #expect(abs(rate - 0.05 * Double(place + 1)) < 1e-12)
    }
    #expect(try noisy.parameterCount() == network.parameterCount())
    #expect(throws: RegularizerConflict.self) { try lenet.attaching([StochasticDepth()]) }
  }

  @Test func `DropConnect is for fully connected layers without another replacement`() throws {
    let network = try lenet.attaching([DropConnect(drop: 0.5)])
    guard case .dense(let spec) = network.layers.last?.layer else {
      Issue.record("the last layer is fully connected")
      return
    }
    #expect(spec.replacement == .dropConnect(DropConnect(drop: 0.5)))
    #expect(throws: RegularizerConflict.self) {
      try lenet.attaching([DropConnect(drop: 0.5, sites: Sites(["conv1.input"]))])
    }
    #expect(throws: RegularizerConflict.self) {
      try lenet.attaching([DropConnect(drop: 0.5), Shakeout(drop: 0.5, c: 1)])
    }
  }

  @Test func `noise layers of a list are read and written`() throws {
    let text = #"""
      {"layers": [{"kind": "gaussianDropout", "name": "g", "variance": 0.5},
       {"kind": "stochasticDepth", "name": "s", "drop": 0.25, "sharedByBatch": false},
       {"kind": "dense", "name": "fc1", "outputs": 10}]}
      """#
    let (list, problems) = try reading(text) { LayerList(reading: $0) }
    #expect(problems == [])
    #expect(list.layers[0].layer == .unitNoise(.gaussian(variance: 0.5)))
    #expect(list.layers[1].layer == .unitNoise(.branchDrop(drop: 0.25, sharedByBatch: false)))
    let again = try reading(list.layers[1].json.canonicalText) { NamedLayer(reading: $0) }
    #expect(again.value == list.layers[1])
  }
}
