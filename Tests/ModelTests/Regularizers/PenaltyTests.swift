import Testing

@testable import Model

@Suite struct PenaltyTests {
  private func read(_ text: String) throws -> (value: (any Regularizer)?, problems: [String]) {
    try reading(text) { RegularizerRegistry.read($0) }
  }

  @Test(arguments: [
    (#"{"name": "l2", "lambda": 0.001}"#, L2(lambda: 0.001)),
    (#"{"name": "l2", "lambda": 0.001, "gamma": 0}"#, L2(lambda: 0.001)),
    (
      #"{"name": "l2", "lambda": 0.001, "gradientFactor": 2, "gamma": 5}"#,
      L2(lambda: 0.001, gradientFactor: 2, schedule: .delayed(gamma: 5))
    ),
    (
      #"{"name": "l2", "lambda": 0.001, "schedule": "delayed"}"#,
      L2(lambda: 0.001, schedule: .delayed(gamma: 5))
    ),
    (
      #"{"name": "l2", "lambda": 1, "schedule": "warmUp", "gamma": 3}"#,
      L2(lambda: 1, schedule: .warmUp(gamma: 3))
    ),
    (
      #"{"name": "l2", "lambda": 1, "schedule": "ivanov", "threshold": 7}"#,
      L2(lambda: 1, schedule: .ivanov(threshold: 7))
    ),
    (#"{"name": "l2", "lambda": 1, "schedule": "anneal"}"#, L2(lambda: 1, schedule: .anneal)),
  ])
  func `is read and written`(text: String, expected: L2) throws {
    let (value, problems) = try read(text)
    #expect(problems == [])
    #expect(value as? L2 == expected)
    #expect(try read(value?.json.canonicalText ?? "").value as? L2 == expected)
  }

  @Test func `L1 uses the proximal step by default`() throws {
    let value = try read(#"{"name": "l1", "lambda": 1e-5, "method": "subgradient"}"#).value
    #expect(value as? L1 == L1(lambda: 1e-5, method: .subgradient))
    #expect(try read(#"{"name": "l1", "lambda": 1e-5}"#).value as? L1 == L1(lambda: 1e-5))
  }

  @Test(arguments: [
    #"{"name": "l2"}"#, #"{"name": "l2", "lambda": -1}"#,
    #"{"name": "l1", "lambda": 1, "gradientFactor": 2}"#,
    #"{"name": "l2", "lambda": 1, "schedule": "ivanov"}"#,
    #"{"name": "l2", "lambda": 1, "schedule": "anneal", "gamma": 5}"#,
    #"{"name": "l2", "lambda": 1, "schedule": "warmUp", "gamma": 0}"#,
    #"{"name": "l1", "lambda": 1, "method": "prox"}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `the strength of each schedule over ten epochs`() {
    func factors(_ schedule: PenaltySchedule) -> [Double] {
      (0..<10).map { schedule.factor(at: TrainingMoment(epoch: $0, epochs: 10)) }
    }
    #expect(factors(.constant) == Array(repeating: 1, count: 10))
    #expect(factors(.delayed(gamma: 3)) == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1])
    #expect(factors(.warmUp(gamma: 4)) == [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1])
    #expect(factors(.anneal)[5] == 0.5)
    #expect(factors(.ivanov(threshold: 1)) == Array(repeating: 1, count: 10))
  }

  @Test func `delayed strong regularization refuses batch normalization, the others do not`() {
    let network = DropActSimple().network(input: .cifarImage, classes: 10)
    #expect(throws: RegularizerConflict.self) {
      try network.attaching([L2(lambda: 1, schedule: .delayed(gamma: 5))])
    }
    #expect(throws: Never.self) { try network.attaching([L2(lambda: 1), L1(lambda: 1)]) }
  }

  @Test func `a second penalty of one kind is refused`() throws {
    let network = NetworkSpec.lenet(input: .mnistImage, classes: 10)
    #expect(try network.attaching([L2(lambda: 1), L1(lambda: 1)]).penalties.count == 2)
    #expect(throws: RegularizerConflict.self) {
      try network.attaching([L1(lambda: 1), L1(lambda: 2, method: .subgradient)])
    }
  }
}
