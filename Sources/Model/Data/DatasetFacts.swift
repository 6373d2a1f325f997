import Canonical

/// What is known of a data set before any file is read: enough to infer shapes and count runs.
package struct DatasetFacts: Configurable, Hashable {
  /// The catalogue's name.
  package var name: String
  /// One image's shape.
  package var shape: FeatureShape
  /// Number of classes.
  package var classes: Int
  /// Images of the training set, validation included.
  package var training: Int
  /// Images of the test set.
  package var test: Int

  /// States what is known.
  package init(name: String, shape: FeatureShape, classes: Int, training: Int, test: Int) {
    self.name = name
    self.shape = shape
    self.classes = classes
    self.training = training
    self.test = test
  }

  /// The facts without a name, which the data set has.
  package static let blank = DatasetFacts(
    name: "", shape: FeatureShape(vector: 1), classes: 2, training: 1, test: 1)
  package static let fields: [Field<DatasetFacts>] =
    Field.inline(FeatureShape.fields(.required), \.shape) + [
      .whole("classes", \.classes, in: 2...256, .required, "kinds of labels"),
      .whole(
        "training", \.training, in: 1...10_000_000, .required,
        "training images, validation included"),
      .whole("test", \.test, in: 1...10_000_000, .required, "test images"),
    ]

  /// Reads what is known of user files; what is left out is as in `known`.
  init(reading reader: ObjectReader, name: String, known: DatasetFacts?) {
    if let known { self.init(reading: reader, changing: known) } else { self.init(reading: reader) }
    self.name = name
  }

  /// The known data sets.
  package static let all: [DatasetFacts] = [
    grey("mnist", 10, 60_000, 10_000),
    grey("mnist-5k", 10, 2_000, 3_000),
    grey("fashion-mnist", 10, 60_000, 10_000),
    grey("emnist-byclass", 62, 697_932, 116_323),
    grey("emnist-bymerge", 47, 697_932, 116_323),
    grey("emnist-balanced", 47, 112_800, 18_800),
    grey("emnist-letters", 26, 124_800, 20_800),
    grey("emnist-digits", 10, 240_000, 40_000),
    grey("emnist-mnist", 10, 60_000, 10_000),
    colour("cifar10", 10, 50_000, 10_000),
    colour("cifar100", 100, 50_000, 10_000),
    colour("svhn", 10, 73_257, 26_032),
    colour("svhn-extra", 10, 604_388, 26_032),
  ]

  private static func grey(
    _ name: String, _ classes: Int, _ training: Int, _ test: Int
  ) -> DatasetFacts {
    DatasetFacts(
      name: name, shape: FeatureShape(height: 28, width: 28, channels: 1), classes: classes,
      training: training, test: test)
  }

  private static func colour(
    _ name: String, _ classes: Int, _ training: Int, _ test: Int
  ) -> DatasetFacts {
    DatasetFacts(
      name: name, shape: FeatureShape(height: 32, width: 32, channels: 3), classes: classes,
      training: training, test: test)
  }

  /// The facts for a spec, or nil for an unknown name.
  package static func of(_ spec: DatasetSpec) -> DatasetFacts? {
    if let synthetic = spec.synthetic {
      return DatasetFacts(
        name: spec.name, shape: synthetic.shape, classes: synthetic.classes,
        training: synthetic.training, test: synthetic.test)
    }
    if let curve = spec.curve {
      return DatasetFacts(
        name: spec.name, shape: FeatureShape(vector: 1), classes: 1, training: curve.points,
        test: CurveSpec.gridPoints)
    }
    return spec.facts ?? all.first { $0.name == spec.name }
  }
}
