import Canonical

/// Greedy pre-training of a network of logistic units as a stack of restricted Boltzmann machines by
/// contrastive divergence with one step (Hinton, Osindero, Teh 2006): each layer learns to model the
/// probabilities of the layer below. Output weights start from N(0, 0.01²).
package struct RBMPretraining: Procedure, Hashable {
  package static let name = "rbmPretraining"
  package static let need = ProcedureNeed.classifier
  package static let summary =
    "layers are first trained as restricted Boltzmann machines"
  package static let example: any Regularizer = RBMPretraining()

  /// Epochs for each layer.
  package var epochs: Int
  package var learningRate: Double
  /// Momentum in the first five epochs of a layer.
  package var firstMomentum: Double
  /// Momentum in the others.
  package var momentum: Double
  /// The cost of weights: their gradient shrinks by it times the weight.
  package var weightCost: Double

  /// Pre-training; the values unless given are those of common practice.
  package init(
    epochs: Int = 20, learningRate: Double = 0.1, firstMomentum: Double = 0.5,
    momentum: Double = 0.9, weightCost: Double = 2e-4
  ) {
    self.epochs = epochs
    self.learningRate = learningRate
    self.firstMomentum = firstMomentum
    self.momentum = momentum
    self.weightCost = weightCost
  }

  package static let blank = RBMPretraining()
  package static let fields: [Field<RBMPretraining>] = [
    .whole("epochs", \.epochs, in: 1...100_000, .optional, "epochs for each layer"),
    .number("learningRate", \.learningRate, in: 0...100, .optional, "the learning rate"),
    .number(
      "firstMomentum", \.firstMomentum, in: 0...0.999_999, .optional,
      "momentum in the first five epochs of a layer"),
    .number("momentum", \.momentum, in: 0...0.999_999, .optional, "momentum in the others"),
    .number(
      "weightCost", \.weightCost, in: 0...1000, .optional, "share of the weights in the gradient"),
  ]

  package var networks: Int { 1 }

  /// The momentum of an epoch of a layer.
  package func momentum(epoch: Int) -> Double { epoch < 5 ? firstMomentum : momentum }

  /// Leaves the network as it is.
  /// - Throws: `RegularizerConflict` where it is no chain of fully connected layers of logistic units.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    guard LogisticLayers(of: network) != nil else {
      throw RegularizerConflict(
        Self.name,
        "restricted Boltzmann machines are fully connected layers of logistic units (\"sigmoid\"); "
          + "\(network.name) has " + network.layers.map(\.layer.kind).joined(separator: ", "))
    }
    return network
  }
}
