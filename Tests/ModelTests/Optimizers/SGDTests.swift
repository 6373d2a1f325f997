import Testing

@testable import Model

@Suite struct SGDTests {
  @Test func `is read and written`() throws {
    let text = """
      {"name": "sgd", "style": "caffe", "momentum": 0.9, "weightDecay": 5e-4, "multipliers":
       [{"parameters": "*.bias", "learningRate": 2, "weightDecay": 0}]}
      """
    let expected = SGD(
      style: .caffe, momentum: 0.9, weightDecay: 5e-4,
      multipliers: [SGD.Multiplier(pattern: "*.bias", learningRate: 2, weightDecay: 0)])
    let (value, problems) = try reading(text) { SGD(reading: $0) }
    #expect(problems == [])
    #expect(value == expected)
    #expect(try reading(value.json.canonicalText) { SGD(reading: $0) }.value == expected)
  }

  @Test func `defaults are plain descent in PyTorch's style`() throws {
    let (value, problems) = try reading("{}") { SGD(reading: $0) }
    #expect(problems == [])
    #expect(value == SGD(style: .pytorch))
  }

  @Test(arguments: [
    #"{"style": "tensorflow"}"#, #"{"momentum": 1}"#,
    #"{"weightDecay": -1}"#, #"{"nesterov": true}"#, #"{"multipliers": [{"learningRate": 2}]}"#,
    #"{"multipliers": 3}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try reading(text) { SGD(reading: $0) }.problems.count == 1)
  }

  private func parameter(_ name: String) -> ParameterSpec {
    ParameterSpec(
      name: name, role: name.hasSuffix("bias") ? .bias : .weight, shape: [1], fanIn: 1, fanOut: 1,
      initializer: nil)
  }

  @Test func `cuda-convnet's style decays weights only`() {
    let optimizer = SGD(style: .cudaConvnet, weightDecay: 0.1)
    #expect(optimizer.factors(for: parameter("fc1.weight")) == (1, 1))
    #expect(optimizer.factors(for: parameter("fc1.bias")) == (1, 0))
  }

  @Test func `the first matching multiplier holds`() {
    let optimizer = SGD(
      style: .caffe,
      multipliers: [
        SGD.Multiplier(pattern: "fc1.bias", learningRate: 3, weightDecay: 4),
        SGD.Multiplier(pattern: "*.bias", learningRate: 2, weightDecay: 0),
        SGD.Multiplier(pattern: "conv*", learningRate: 5),
      ])
    #expect(optimizer.factors(for: parameter("fc1.bias")) == (3, 4))
    #expect(optimizer.factors(for: parameter("conv1.bias")) == (2, 0))
    #expect(optimizer.factors(for: parameter("conv1.weight")) == (5, 1))
    #expect(optimizer.factors(for: parameter("fc1.weight")) == (1, 1))
  }
}
