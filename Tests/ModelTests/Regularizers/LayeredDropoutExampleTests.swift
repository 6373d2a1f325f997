import Testing

@testable import Model

/// The worked example of the documentation does what the page says.
@Suite struct LayeredDropoutExampleTests {
  private let lenet = NetworkSpec.lenet(input: .mnistImage, classes: 10)

  @Test func `it attaches to every linear layer with its rate`() throws {
    let network = try lenet.attaching([LayeredDropout()])
    let rates = network.layers.compactMap { named -> Double? in
      guard case .unitNoise(.dropout(let drop)) = named.layer else { return nil }
      return drop
    }
    #expect(rates == [0.2, 0.5, 0.5, 0.5])
  }

  @Test func `its keys are read, written and checked`() throws {
    func read(_ text: String) throws -> (value: LayeredDropout, problems: [String]) {
      try reading(text) { reader in
        _ = reader.string("name")
        let value = LayeredDropout(reading: reader)
        reader.finish()
        return value
      }
    }
    let (value, problems) = try read(#"{"name": "layeredDropout", "hidden": 0.3}"#)
    #expect(problems == [])
    #expect(value.input == 0.2 && value.hidden == 0.3)
    #expect(try read(value.json.canonicalText).value == value)
    #expect(try read(#"{"name": "layeredDropout", "hiden": 0.3}"#).problems.count == 1)
  }

  @Test func `a network without hidden layers is refused`() {
    let linear = NetworkSpec(name: "linear", input: .mnistImage, layers: [.dense("fc1", 10)])
    #expect(throws: RegularizerConflict.self) { try linear.attaching([LayeredDropout()]) }
  }
}
