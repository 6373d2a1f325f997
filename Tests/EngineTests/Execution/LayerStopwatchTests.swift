import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct LayerStopwatchTests {
  static let spec = NetworkSpec(
    name: "small", input: FeatureShape(height: 8, width: 8, channels: 2),
    layers: [
      NamedLayer("conv", .convolution(ConvolutionSpec(outputs: 4, kernel: 3, padding: 1))),
      NamedLayer("pool", .pooling(PoolingSpec(.max, window: 2, stride: 2))),
      NamedLayer("fc", .dense(DenseSpec(outputs: 5))),
    ])

  private func weights(_ stopwatch: LayerStopwatch?) throws -> [[Float]] {
    let network = try Network(
      Self.spec, capacity: 12, pool: ThreadPool(threads: 2), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: stopwatch)
    network.initialize(.heFanIn)
    let x = TestNumbers.uniform(12 * 128, "x")
    for (index, number) in x.enumerated() { network.input[index] = Float(number) }
    let trainer = ClassificationTrainer(
      network: network, classes: 5, optimizer: .sgd(SGD(style: .pytorch)))
    let labels = (0..<12).map { Int32($0 % 5) }
    for update in 0..<3 {
      _ = labels.withUnsafeBufferPointer {
        trainer.step(
          count: 12, labels: $0.baseAddress!, update: update, learningRate: 0.1,
          moment: TrainingMoment())
      }
    }
    return network.parameters.map { Array($0.values) }
  }

  @Test func `names layers and passes and changes no bit`() throws {
    let stopwatch = LayerStopwatch()
    #expect(try weights(stopwatch) == weights(nil))
    let readings = stopwatch.readings
    #expect(readings.allSatisfy { $0.seconds > 0 })
    func layers(_ pass: LayerStopwatch.Pass) -> [String] {
      readings.filter { $0.pass == pass }.map(\.layer)
    }
    #expect(layers(.forward) == ["conv", "Pooling 2", "fc"])
    #expect(layers(.backward) == ["fc", "Pooling 2", "conv"])
    #expect(layers(.loss) == ["loss"])
    #expect(layers(.update) == ["update"])
    stopwatch.reset()
    #expect(stopwatch.readings.allSatisfy { $0.seconds == 0 })
    #expect(stopwatch.readings.count == readings.count)
  }
}
