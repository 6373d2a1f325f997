/// What is known of a data set before any file is read: enough to infer shapes and count runs.
public struct DatasetFacts: Hashable, Sendable {
  /// The catalogue's name.
  public var name: String
  /// One image's shape.
  public var shape: FeatureShape
  /// Number of classes.
  public var classes: Int
  /// Images of the training set, validation included.
  public var training: Int
  /// Images of the test set.
  public var test: Int

  /// States what is known.
  public init(name: String, shape: FeatureShape, classes: Int, training: Int, test: Int) {
    self.name = name
    self.shape = shape
    self.classes = classes
    self.training = training
    self.test = test
  }

  /// The known data sets.
  public static let all = [
    DatasetFacts(
      name: "mnist", shape: FeatureShape(height: 28, width: 28, channels: 1), classes: 10,
      training: 60_000, test: 10_000),
    DatasetFacts(
      name: "mnist-5k", shape: FeatureShape(height: 28, width: 28, channels: 1), classes: 10,
      training: 2_000, test: 3_000),
  ]

  /// The facts for a spec, or nil for an unknown name.
  public static func of(_ spec: DatasetSpec) -> DatasetFacts? {
    if let synthetic = spec.synthetic {
      return DatasetFacts(
        name: spec.name, shape: synthetic.shape, classes: synthetic.classes,
        training: synthetic.training, test: synthetic.test)
    }
    return all.first { $0.name == spec.name }
  }
}
