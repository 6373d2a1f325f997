import Canonical

/// Generated images on which a network can learn: seeded class prototypes plus noise.
package struct SyntheticSpec: Configurable, Hashable {
  /// The data set's name.
  package static let datasetName = "synthetic"
  /// What a sentence calls such data.
  package static let description = "generated images"

  /// One image's shape.
  package var shape: FeatureShape
  /// Number of classes.
  package var classes: Int
  /// Training images, validation included.
  package var training: Int
  /// Test images.
  package var test: Int

  package init(shape: FeatureShape, classes: Int, training: Int, test: Int) {
    self.shape = shape
    self.classes = classes
    self.training = training
    self.test = test
  }

  /// What is known of the images.
  package var facts: DatasetFacts {
    DatasetFacts(
      name: Self.datasetName, shape: shape, classes: classes, training: training, test: test)
  }

  package static let blank = SyntheticSpec(
    shape: .mnistImage, classes: 10, training: 1000, test: 500)
  package static let fields: [Field<SyntheticSpec>] =
    Field.inline(FeatureShape.fields(.optional), \.shape) + [
      .whole("classes", \.classes, in: 2...1000, .optional, "kinds of labels"),
      .whole(
        "training", \.training, in: 1...1_000_000, .optional,
        "training images, validation included"),
      .whole("test", \.test, in: 1...1_000_000, .optional, "test images"),
    ]
}
