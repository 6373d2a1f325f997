import Canonical

/// Generated images on which a network can learn: seeded class prototypes plus noise.
package struct SyntheticSpec: Hashable, Sendable {
  /// The data set's name.
  package static let datasetName = "synthetic"

  /// One image's shape.
  package var shape: FeatureShape
  /// Number of classes.
  package var classes: Int
  /// Training images, validation included.
  package var training: Int
  /// Test images.
  package var test: Int

  /// Describes generated data.
  package init(shape: FeatureShape, classes: Int, training: Int, test: Int) {
    self.shape = shape
    self.classes = classes
    self.training = training
    self.test = test
  }

  /// Reads `{"height": 28, "width": 28, "channels": 1, "classes": 10, "training": 1000, "test": 500}`.
  package init(reading reader: ObjectReader) {
    shape = FeatureShape(
      height: reader.int("height", default: 28, in: 1...1024),
      width: reader.int("width", default: 28, in: 1...1024),
      channels: reader.int("channels", default: 1, in: 1...64))
    classes = reader.int("classes", default: 10, in: 2...1000)
    training = reader.int("training", default: 1000, in: 1...1_000_000)
    test = reader.int("test", default: 500, in: 1...1_000_000)
    reader.finish()
  }

  package var json: JSONValue {
    .object([
      "height": .number(shape.height), "width": .number(shape.width),
      "channels": .number(shape.channels), "classes": .number(classes),
      "training": .number(training), "test": .number(test),
    ])
  }
}
