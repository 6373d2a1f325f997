import Model

/// Pre-trains a network of logistic units layer by layer.
package final class RBMPretrainer {
  private let rule: RBMPretraining
  private let network: Network
  private let machines: [RestrictedBoltzmannMachine]
  private let hiddenUnits: [Int]
  private let activations: [UnsafeMutablePointer<Float>]
  private let updatesPerEpoch: Int

  /// For a network that `RBMPretraining.attached` lets through.
  package init(_ rule: RBMPretraining, _ network: Network, updatesPerEpoch: Int) {
    self.rule = rule
    self.network = network
    self.updatesPerEpoch = max(1, updatesPerEpoch)
    let layers = LogisticLayers(of: network.spec)?.dense.dropLast() ?? []
    func parameter(_ name: String) -> Parameter {
      guard let found = network.parameters.first(where: { $0.spec.name == name }) else {
        preconditionFailure("\(network.spec.name) has no parameter \(name)")
      }
      return found
    }
    let capacity = network.capacity
    machines = layers.map { layer in
      RestrictedBoltzmannMachine(
        weights: parameter("\(layer).weight"), bias: parameter("\(layer).bias"),
        capacity: capacity, stream: network.root.stream(.mask, "\(layer).rbm"),
        arena: network.arena)
    }
    hiddenUnits = layers.map { parameter("\($0).bias").values.count }
    activations = hiddenUnits.map { network.arena.floats(capacity * $0) }
  }

  /// Updates of the whole pre-training.
  package var totalUpdates: Int { machines.count * rule.epochs * updatesPerEpoch }

  /// Draws the initial weights, N(0, 0.01²), of all layers, the output's included; biases are 0.
  package func start() {
    for parameter in network.parameters {
      Initializing.fill(
        parameter.values, parameter.spec, fallback: .gaussian(deviation: 0.01), root: network.root)
    }
  }

  /// One update from the batch in the network's input.
  /// - Parameter update: counted from 0; it decides the layer.
  /// - Returns: the mean squared error of the layer's reconstruction.
  package func step(count: Int, update: Int) -> Double {
    let updatesPerLayer = rule.epochs * updatesPerEpoch
    let layer = update / updatesPerLayer
    var data = UnsafePointer(network.input)
    for lower in 0..<layer {
      machines[lower].hiddenProbabilities(data, count: count, activations[lower])
      data = UnsafePointer(activations[lower])
    }
    let epoch = update % updatesPerLayer / updatesPerEpoch
    return machines[layer].update(
      data, count: count, step: UInt64(update), momentum: rule.momentum(epoch: epoch), rule)
  }

  /// What a checkpoint must hold beside the network's parameters.
  package var buffers: [NamedArray] { machines.flatMap(\.buffers) }
}
