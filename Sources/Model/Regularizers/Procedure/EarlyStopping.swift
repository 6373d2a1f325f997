import Canonical

/// Early stopping: training ends after `patience` evaluations in a row without a lower mean loss on
/// the validation images, and the weights of the lowest are restored; they are at the end of a
/// training that was never stopped, too.
package struct EarlyStopping: Procedure, Hashable {
  package static let name = "earlyStopping"
  package static let need = ProcedureNeed.validationLoss
  package static let summary =
    "training ends when the validation loss stops falling, and the best weights return"
  package static let example: any Regularizer = EarlyStopping(patience: 5)

  /// Evaluations without improvement that are waited for.
  package var patience: Int

  package static let blank = EarlyStopping(patience: 1)
  package static let fields: [Field<EarlyStopping>] = [
    .whole(
      "patience", \.patience, in: 1...1_000_000, .required,
      "evaluations without a lower validation loss that are waited for")
  ]

  package var networks: Int { 1 }
}
