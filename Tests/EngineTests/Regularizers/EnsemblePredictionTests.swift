import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct EnsemblePredictionTests {
  private func network(_ regularizers: [any Regularizer], trial: UInt32 = 1) throws -> Network {
    let plain = DropActSimple(width: 8).network(
      input: FeatureShape(height: 8, width: 8, channels: 1), classes: 4)
    let network = try Network(
      plain.attaching(regularizers), capacity: 6, pool: ThreadPool(threads: 1),
      root: RandomRoot(seed: 1, trial: trial), convolution: .automatic, passesInputGradient: false,
      stopwatch: nil)
    network.initialize(.heFanIn)
    for (index, value) in TestNumbers.uniform(6 * 64, "x").enumerated() {
      network.input[index] = Float(value)
    }
    return network
  }

  private let labels: [Int32] = [0, 1, 2, 3, 0, 1]

  private func measure(
    _ noise: MonteCarloPrediction?, _ networks: [Network], place: Int = 0
  ) -> PredictionMeasurement {
    let prediction = EnsemblePrediction(noise: noise, capacity: 6, classes: 4)
    for network in networks { prediction.add(network, count: 6, place: place) }
    var measurement = PredictionMeasurement()
    prediction.measure(count: 6, labels: labels, into: &measurement)
    return measurement
  }

  @Test func `noise repeats for a place, differs between places and teaches nothing`() throws {
    let network = try network([Dropout(drop: 0.5), DropActivation(keep: 0.5)])
    let before = network.statistics.map { Array($0.values) }
    let noise = MonteCarloPrediction(passes: 5)
    let first = measure(noise, [network])
    #expect(measure(noise, [network]) == first)
    #expect(measure(noise, [network], place: 6) != first)
    #expect(network.statistics.map { Array($0.values) } == before)
    #expect(first.entropySum > 0)
  }

  @Test func `without noise the mean of one network is the network`() throws {
    let network = try network([])
    let trainer = ClassificationTrainer(
      network: network, classes: 4, optimizer: .sgd(SGD(style: .pytorch)))
    let plain = trainer.evaluate(count: 6, labels: labels)
    let mean = measure(nil, [network])
    #expect(mean.errors == plain.errors)
    #expect(abs(mean.lossSum - plain.lossSum) < 1e-5)
  }

  /// By Jensen's inequality.
  @Test func `the loss of two networks' mean is below the mean of their losses`() throws {
    let (one, two) = (try network([]), try network([], trial: 2))
    let mean = (measure(nil, [one]).lossSum + measure(nil, [two]).lossSum) / 2
    #expect(measure(nil, [one, two]).lossSum < mean)
  }
}
