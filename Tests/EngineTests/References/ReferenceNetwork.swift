import Model

@testable import Engine

/// A network that starts from the numbers that it shares with PyTorch, and whose arrays can be read
/// in PyTorch's layout.
final class ReferenceNetwork {
  let network: Network
  private let layouts: [String: ArrayLayout]
  private let prefix: String
  /// Every array's values before training, in PyTorch's layout.
  private(set) var start: [String: [Float]] = [:]

  /// - Parameter prefix: stands before the names of arrays in the reference.
  init(
    _ spec: NetworkSpec, batch: Int, prefix: String = "",
    convolution: ConvolutionAlgorithm = .automatic
  ) throws {
    self.prefix = prefix
    network = try Network(
      spec, capacity: batch, pool: ThreadPool(threads: 2), root: RandomRoot(seed: 1, trial: 1),
      convolution: convolution, passesInputGradient: false, stopwatch: nil)
    layouts = Dictionary(
      try spec.weightLayouts().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for parameter in network.parameters {
      SharedNumbers.initial(parameter.spec, prefix: prefix).withUnsafeBufferPointer {
        layouts[parameter.spec.name]?.load($0, to: parameter.values)
      }
    }
    start = values
  }

  /// Every learned array and running statistic in memory.
  var arrays: [(name: String, values: UnsafeMutableBufferPointer<Float>)] {
    network.parameters.map { ($0.spec.name, $0.values) }
      + network.statistics.map { ($0.spec.name, $0.values) }
  }

  /// Every array in PyTorch's layout, under the reference's name.
  var values: [String: [Float]] {
    var result: [String: [Float]] = [:]
    for (name, values) in arrays {
      var file = [Float](repeating: 0, count: values.count)
      file.withUnsafeMutableBufferPointer {
        layouts[name]?.export(UnsafeBufferPointer(values), to: $0)
      }
      result[prefix + name] = file
    }
    return result
  }
}

/// A loss on the outputs of a network: its value, and the gradient for the backward pass.
struct NetworkLoss {
  private let measureStages: [Region]
  private let network: Network
  private let total: () -> LossMeasurement

  init<L: Loss>(_ loss: L, on network: Network, targets: UnsafePointer<L.Target>) {
    let (outputs, gradient) = (network.output, network.outputGradient)
    self.network = network
    total = { loss.total }
    measureStages = network.regions(of: [
      Stage(.lanes) { part, pass in
        loss.measure(
          lane: part.index, samples: part.samples, count: pass.count, outputs: outputs,
          targets: targets, gradient: gradient)
      }
    ])
  }

  /// Forward, loss, backward.
  /// - Returns: the batch's mean loss.
  func descend(count: Int, step: Int) -> Double {
    network.forward(count: count, trainingStep: UInt64(step))
    network.run(measureStages)
    network.backward()
    return total().lossSum / Double(count)
  }
}
