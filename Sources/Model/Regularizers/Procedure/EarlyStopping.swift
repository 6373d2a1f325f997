import Canonical

/// Early stopping: training ends after `patience` evaluations in a row without a lower mean loss on
/// the validation images, and the weights of the lowest are restored; they are at the end of a
/// training that was never stopped, too.
public struct EarlyStopping: Regularizer, Hashable {
  /// `earlyStopping`.
  public static let name = "earlyStopping"
  /// Wraps training.
  public static let attachment = Attachment.procedure
  /// For listings.
  public static let summary =
    "training ends when the validation loss stops falling, and the best weights return"
  /// For listings.
  public static let example: any Regularizer = EarlyStopping(patience: 5)

  /// Evaluations without improvement that are waited for.
  public var patience: Int

  /// Early stopping with this patience.
  public init(patience: Int) { self.patience = patience }

  /// Reads `patience`.
  public init(reading reader: ObjectReader) {
    self.init(patience: reader.int("patience", in: 1...1_000_000))
  }

  /// The canonical form.
  public var json: JSONValue {
    .object(["name": .string(Self.name), "patience": .number(patience)])
  }

  /// Leaves the network as it is.
  public func attached(to network: NetworkSpec) -> NetworkSpec { network }
}
