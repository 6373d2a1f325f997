import Canonical
import Engine
import Model
import Study

/// How a procedure is carried out. All procedures of the registry must say it:
/// `ProcedureRegistry.kinds.roles` does not compile otherwise.
protocol PerformedProcedure: Procedure {
  var role: ProcedureRole { get }
}

/// What a procedure does to a cell's training; the plan's cost and the weights that are kept follow
/// from it.
enum ProcedureRole {
  /// Stands around the training, decides when it ends and which weights it has then.
  case control((any Task) -> any Task)
  /// Trains so many networks one after the other, whose mean predicts.
  case ensemble(members: Int)
  /// Trains the network before its training.
  case pretraining(Pretraining)
  /// Predicts by the mean of several passes with noise.
  case prediction(MonteCarloPrediction)
}

/// A training before the training.
struct Pretraining {
  /// Passes over the training images.
  var epochs: Int
  /// What an image costs, in relation to one of ordinary training.
  var relativeCost: Double
  /// Makes what carries it out on a network with so many updates in an epoch.
  var make: (_ network: Network, _ updatesPerEpoch: Int) -> any Pretrainer
}

/// Carries out a training before the training.
protocol Pretrainer: AnyObject {
  /// Draws the initial weights.
  func start()
  var totalUpdates: Int { get }
  /// One update from the batch in the network's input, counted from 0.
  /// - Returns: the batch's mean loss before the update.
  func step(count: Int, update: Int) -> Double
  /// What a checkpoint must hold beside the network's parameters.
  var buffers: [NamedArray] { get }
}

extension RBMPretrainer: Pretrainer {}

extension RBMPretraining: PerformedProcedure {
  var role: ProcedureRole {
    // Contrastive divergence takes five products with a layer's weights where training takes three.
    .pretraining(
      Pretraining(epochs: epochs, relativeCost: 5 / 3) { network, updatesPerEpoch in
        RBMPretrainer(self, network, updatesPerEpoch: updatesPerEpoch)
      })
  }
}

extension MonteCarloPrediction: PerformedProcedure {
  var role: ProcedureRole { .prediction(self) }
}

extension Kinds where repeat each Kind: PerformedProcedure {
  /// What the procedures among some regularizers do, in the order of the registry.
  func roles(of regularizers: [any Regularizer]) -> [ProcedureRole] {
    var roles: [ProcedureRole] = []
    func add<Found: PerformedProcedure>(_ kind: Found.Type) {
      roles += regularizers.compactMap { ($0 as? Found)?.role }
    }
    repeat add((each Kind).self)
    return roles
  }
}

/// The procedures of a cell by what they do; `check` refuses two of a kind.
struct CellProcedures {
  private(set) var controls: [(any Task) -> any Task] = []
  /// How many networks are trained; nil for one without an ensemble.
  private(set) var members: Int?
  private(set) var pretraining: Pretraining?
  private(set) var prediction: MonteCarloPrediction?

  init(_ cell: CellSpec) {
    for role in ProcedureRegistry.kinds.roles(of: cell.regularizers) {
      switch role {
      case .control(let control): controls.append(control)
      case .ensemble(let members): self.members = members
      case .pretraining(let pretraining): self.pretraining = pretraining
      case .prediction(let prediction): self.prediction = prediction
      }
    }
  }
}
