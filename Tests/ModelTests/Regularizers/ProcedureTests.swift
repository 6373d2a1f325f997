import Testing

@testable import Model

@Suite struct ProcedureTests {
  private func read(_ text: String) throws -> (value: (any Regularizer)?, problems: [String]) {
    try reading(text) { RegularizerRegistry.read($0) }
  }

  private let lenet = NetworkSpec.lenet(input: .mnistImage, classes: 10)

  @Test(arguments: [
    #"{"name": "earlyStopping", "patience": 3}"#, #"{"name": "bagging", "members": 5}"#,
    #"{"name": "mcDropout"}"#, #"{"name": "mcDropout", "passes": 50, "mean": "geometric"}"#,
    #"{"name": "rbmPretraining", "epochs": 2}"#,
  ])
  func `is read and written`(text: String) throws {
    let first = try read(text)
    #expect(first.problems == [])
    let json = try #require(first.value).json
    #expect(try read(json.canonicalText).value?.json == json)
  }

  @Test(arguments: [
    #"{"name": "earlyStopping"}"#, #"{"name": "earlyStopping", "patience": 0}"#,
    #"{"name": "bagging", "members": 0}"#, #"{"name": "mcDropout", "mean": "harmonic"}"#,
    #"{"name": "rbmPretraining", "momentum": 1}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `every regularizer that wraps training stands in the registry of procedures`() {
    let wrapping = RegularizerRegistry.all.filter { $0.attachment == .procedure }
    #expect(wrapping.map { $0.name } == ProcedureRegistry.kinds.all.map { $0.name })
    #expect(wrapping.count == 4)
  }

  @Test func `Monte Carlo prediction needs a network with noise`() throws {
    #expect(throws: RegularizerConflict.self) { try lenet.attaching([MonteCarloPrediction()]) }
    let noises: [any Regularizer] = [
      Dropout(drop: 0.5), Shakeout(drop: 0.5, c: 0.1), DropActivation(),
      DropConnect(drop: 0.1), GaussianDropout(variance: 1),
    ]
    for noise in noises {
      #expect(throws: Never.self) { try lenet.attaching([MonteCarloPrediction(), noise]) }
    }
  }

  @Test func `RBM pre-training needs a chain of logistic layers`() throws {
    #expect(throws: RegularizerConflict.self) { try lenet.attaching([RBMPretraining()]) }
    let network = NetworkSpec.mlp(
      input: .mnistImage, hidden: [9, 8, 7], activation: .sigmoid, classes: 10)
    let noisy = try network.attaching([
      RBMPretraining(), Dropout(drop: 0.5, sites: Sites(["*.input"])),
    ])
    #expect(LogisticLayers(of: noisy)?.dense == ["fc1", "fc2", "fc3", "fc4"])
    #expect(LogisticLayers(of: network)?.hidden == ["sigmoid1", "sigmoid2", "sigmoid3"])
  }

  @Test func `the momentum rises after five epochs`() {
    let momenta = (0..<7).map { RBMPretraining().momentum(epoch: $0) }
    #expect(momenta == [0.5, 0.5, 0.5, 0.5, 0.5, 0.9, 0.9])
  }
}
