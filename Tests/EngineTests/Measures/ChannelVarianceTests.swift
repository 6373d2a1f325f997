import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct ChannelVarianceTests {
  private func network(_ layers: [NamedLayer]) throws -> Network {
    let spec = NetworkSpec(
      name: "small", input: FeatureShape(height: 4, width: 4, channels: 2), layers: layers)
    let network = try Network(
      spec, capacity: 3, pool: ThreadPool(threads: 1), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.heFanIn)
    return network
  }

  private let layers = [
    NamedLayer("conv", .convolution(ConvolutionSpec(outputs: 3, kernel: 3, padding: 1))),
    NamedLayer("relu", .activation(ActivationSpec(.relu))),
    NamedLayer("fc", .dense(DenseSpec(outputs: 2))),
  ]

  @Test func `the variance is that over images and positions of all batches`() throws {
    let network = try network(layers)
    var variance = try #require(ChannelVariance(of: "relu", in: network))
    #expect(variance.mean.isNaN)
    var channels = [[Double]](repeating: [], count: 3)
    for (batch, count) in [(0, 3), (1, 2)] {
      let pixels = TestNumbers.uniform(count * 32, "batch \(batch)")
      for index in pixels.indices { network.input[index] = Float(pixels[index]) }
      network.forward(count: count, trainingStep: nil)
      variance.add(count: count)
      let maps = try #require(network.maps(of: "relu"))
      for index in 0..<count * 16 * 3 { channels[index % 3].append(Double(maps.base[index])) }
    }
    let expected = channels.map { values -> Double in
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
    #expect(abs(variance.mean - expected.reduce(0, +) / 3) < 1e-6)
  }

  @Test func `a layer has the output of the ReLU that became part of it, and under its name`()
    throws
  {
    let network = try network(layers)
    #expect(network.maps(of: "conv")?.base == network.maps(of: "relu")?.base)
    #expect(network.featureCount(of: "relu") == 48)
    #expect(ChannelVariance(of: "nowhere", in: network) == nil)
  }

  @Test func `sums and concatenations have outputs, a normalization inside a convolution none`()
    throws
  {
    func convolution(_ name: String) -> NamedLayer {
      NamedLayer(
        name, .convolution(ConvolutionSpec(outputs: 2, kernel: 3, padding: 1, hasBias: false)))
    }
    let network = try network([
      convolution("conv1"),
      NamedLayer(
        "sum",
        .residual(
          ResidualSpec(
            body: [
              NamedLayer("bn", .batchNormalization(BatchNormalizationSpec())), convolution("conv2"),
            ], shortcut: []))),
      NamedLayer("relu", .activation(ActivationSpec(.relu))),
      NamedLayer("dense", .concatenation(ConcatenationSpec(body: [convolution("conv3")]))),
      NamedLayer("fc", .dense(DenseSpec(outputs: 2))),
    ])
    for name in ["conv1", "conv2", "sum", "relu", "conv3", "dense", "fc"] {
      #expect(network.maps(of: name) != nil, "\(name)")
    }
    #expect(network.maps(of: "bn") == nil)
    #expect(network.maps(of: "dense")?.shape.channels == 4)
  }
}
