import Canonical

/// Bagging (Breiman 1996): `members` networks of the same kind are trained one after the other, each
/// from weights of its own on a bootstrap sample, n draws with replacement from the n training images;
/// the mean of their probabilities decides.
package struct Bagging: Procedure, Hashable {
  package static let name = "bagging"
  package static let need = ProcedureNeed.classifier
  package static let summary =
    "networks trained on bootstrap samples decide together"
  package static let example: any Regularizer = Bagging(members: 5)

  /// k, how many networks.
  package var members: Int

  package init(members: Int) { self.members = members }

  package static let blank = Bagging(members: 1)
  package static let fields: [Field<Bagging>] = [
    .whole("members", \.members, in: 1...1000, .required, "how many networks")
  ]

  package var networks: Int { members }
}
