import Canonical

/// What is known of a data set before any file is read: enough to infer shapes and count runs.
package struct DatasetFacts: Configurable, Hashable {
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

  /// The facts for a spec, or nil for an unknown name.
  package static func of(_ spec: DatasetSpec) -> DatasetFacts? {
    if let synthetic = spec.synthetic { return synthetic.facts }
    if let curve = spec.curve {
      return DatasetFacts(
        name: spec.name, shape: FeatureShape(vector: 1), classes: 1, training: curve.points,
        test: CurveSpec.gridPoints)
    }
    return spec.facts ?? KnownDataset.named(spec.name)?.facts
  }
}
