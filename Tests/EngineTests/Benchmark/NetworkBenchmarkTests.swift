import Canonical
import Model
import Testing

@testable import Engine

/// Measurements as such are not tested, only that every subject runs and is counted.
@Suite struct NetworkBenchmarkTests {
  static let subjects: [BenchmarkSubject] = {
    let names = ["lenet", "autoencoder", "regression-mlp", "dcgan-discriminator"]
    let image = FeatureShape(height: 8, width: 8, channels: 1)
    let adversarial = BenchmarkSubject.adversarial(
      generator: DCGANGenerator(noise: 6, width: 2).network(input: image, classes: 1),
      discriminator: DCGANDiscriminator(width: 2).network(input: image, classes: 1))
    return [adversarial]
      + names.compactMap {
        try? .network(
          NetworkChoice(reading: .string($0), DiagnosticCollector()), regularizers: nil)
      }
  }()

  @Test(arguments: subjects)
  func `every subject runs`(_ subject: BenchmarkSubject) throws {
    #expect(Self.subjects.count == 5)
    let figures = try NetworkBenchmark(
      subject: subject, batch: 3, threads: 2, window: .steps(1), windows: 1,
      convolution: .automatic, timesLayers: true
    ).run()
    #expect(figures.trainImagesPerSecond > 0 && figures.trainImagesPerSecond.isFinite)
    #expect(figures.inferenceImagesPerSecond > 0 && figures.inferenceImagesPerSecond.isFinite)
    #expect(figures.peakMegabytes > 0)
    let times = try #require(figures.layerTimes)
    let learning = try subject.networks.flatMap { network in
      try network.spec.placedLayers().filter { !$0.parameters.isEmpty }
        .map { (network.prefix + $0.name, 3 * $0.multiplyAdds) }
    }
    for (name, multiplyAdds) in learning {
      let layer = try #require(times.layers.first { $0.name == name }, "\(name)")
      #expect(layer.forward > 0 && layer.backward > 0)
      #expect(layer.multiplyAdds == multiplyAdds)
    }
    #expect(times.loss > 0 && times.update > 0 && times.step > 0)
  }
}
