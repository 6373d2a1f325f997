import Canonical

/// A regularizer that wraps training or prediction as a whole and leaves the network as it is.
package protocol Procedure: Regularizer {
  /// What it needs of the task.
  static var need: ProcedureNeed { get }
  /// How many networks it trains.
  var networks: Int { get }
}

/// What a procedure needs of the task that it wraps.
package enum ProcedureNeed: Sendable {
  /// A loss on validation images, at evaluations before the end.
  case validationLoss
  /// A network that gives scores of classes.
  case classifier
}

extension Procedure {
  package static var attachment: Attachment { .procedure }

  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    network
  }
}

/// All procedures, one line each.
package enum ProcedureRegistry {
  package static let kinds = Kinds(
    EarlyStopping.self,
    Bagging.self,
    MonteCarloPrediction.self,
    RBMPretraining.self)
}
