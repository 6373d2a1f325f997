import Testing

@testable import Model

@Suite struct MarginalizedNoiseTests {
  private func read(_ text: String) throws -> (value: (any Regularizer)?, problems: [String]) {
    try reading(text) { RegularizerRegistry.read($0) }
  }

  private let noise = MarginalizedNoise(keep: 0.7, on: .both)

  private func message(_ network: NetworkSpec, _ regularizers: [any Regularizer]) -> String? {
    do {
      _ = try network.attaching(regularizers)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `is read and written`() throws {
    let text = #"""
      {"name": "marginalizedNoise", "q": 0.7, "on": "hidden", "form": "approxRecursive",
       "approxForm": "variance"}
      """#
    let (value, problems) = try read(text)
    #expect(problems == [])
    let expected = MarginalizedNoise(
      keep: 0.7, on: .hidden, form: .approxRecursive, approxForm: .variance)
    #expect(value as? MarginalizedNoise == expected)
    #expect(try read(value?.json.canonicalText ?? "").value as? MarginalizedNoise == expected)
  }

  @Test(arguments: [
    #"{"name": "marginalizedNoise", "on": "both"}"#, #"{"name": "marginalizedNoise", "q": 0.5}"#,
    #"{"name": "marginalizedNoise", "q": 0, "on": "both"}"#,
    #"{"name": "marginalizedNoise", "q": 0.5, "keep": 0.5, "on": "both"}"#,
    #"{"name": "marginalizedNoise", "q": 0.5, "on": "output"}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `it attaches to one or two hidden layers of logistic units`() throws {
    for hidden in [[1024], [500, 1000]] {
      let network = NetworkSpec.mlp(
        input: .mnistImage, hidden: hidden, activation: .sigmoid, classes: 10)
      let term = try #require(try network.attaching([noise]).lossTerm)
      guard case .marginalizedNoise(let attached, let layers) = term else {
        Issue.record("another term of the loss: \(term)")
        return
      }
      #expect(attached == noise)
      #expect(layers.dense.count == hidden.count + 1)
      #expect(layers.hidden == hidden.indices.map { "sigmoid\($0 + 1)" })
    }
  }

  @Test func `other networks are refused with the reason`() {
    let lenet = NetworkSpec.lenet(input: .mnistImage, classes: 10)
    #expect(message(lenet, [noise])?.contains("convolution") == true)
    let deep = NetworkSpec.mlp(
      input: .mnistImage, hidden: [9, 9, 9], activation: .sigmoid, classes: 10)
    #expect(message(deep, [noise])?.contains("one or two hidden layers") == true)
    let rectified = NetworkSpec.mlp(
      input: .mnistImage, hidden: [9], activation: .relu, classes: 10)
    #expect(message(rectified, [noise])?.contains("relu") == true)
  }

  @Test func `drawn noise beside it is refused, a penalty is not`() {
    let network = NetworkSpec.mlp(
      input: .mnistImage, hidden: [9], activation: .sigmoid, classes: 10)
    #expect(message(network, [noise, Dropout(drop: 0.5)])?.contains("marginalized") == true)
    #expect(message(network, [noise, DropActivation()])?.contains("marginalized") == true)
    #expect(message(network, [noise, noise])?.contains("already") == true)
    #expect(message(network, [noise, L2(lambda: 1e-4)]) == nil)
  }
}
