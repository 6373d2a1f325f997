import Canonical

/// Bagging (Breiman 1996): `members` networks of the same kind are trained one after the other, each
/// from weights of its own on a bootstrap sample, n draws with replacement from the n training images;
/// the mean of their probabilities decides.
public struct Bagging: Regularizer, Hashable {
  /// `bagging`.
  public static let name = "bagging"
  /// Wraps training and prediction.
  public static let attachment = Attachment.procedure
  /// For listings.
  public static let summary =
    "networks trained on bootstrap samples decide together"
  /// For listings.
  public static let example: any Regularizer = Bagging(members: 5)

  /// k, how many networks.
  public var members: Int

  /// Bagging of so many networks.
  public init(members: Int) { self.members = members }

  /// Reads `members`.
  public init(reading reader: ObjectReader) {
    self.init(members: reader.int("members", in: 1...1000))
  }

  /// The canonical form.
  public var json: JSONValue {
    .object(["name": .string(Self.name), "members": .number(members)])
  }

  /// Leaves the network as it is.
  public func attached(to network: NetworkSpec) -> NetworkSpec { network }
}
