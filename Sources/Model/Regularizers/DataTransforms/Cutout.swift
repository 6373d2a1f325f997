import Canonical

/// Makes one square void (DeVries, Taylor: "Improved regularization of convolutional neural networks
/// with Cutout"). Its centre is uniform over all pixels, so up to three quarters of it may lie
/// outside; rows from y − size/2 to y + size/2 − 1, columns likewise.
package struct Cutout: DataTransform, Hashable {
  /// The name in configs.
  package static let name = "cutout"
  package static let summary = "one square of each image becomes void"
  package static let example: any Regularizer = Cutout(size: 16)

  /// The square's side in pixels: 16 for CIFAR-10, 8 for CIFAR-100, 20 for SVHN.
  package var size: Int

  /// Cuts out squares of this side.
  package init(size: Int) { self.size = size }

  package static let blank = Cutout(size: 1)
  package static let fields: [Field<Cutout>] = [
    .whole("size", \.size, in: 1...1024, .required, "the square's side in pixels")
  ]

  package func problem(on shape: FeatureShape) -> String? {
    size <= 2 * min(shape.height, shape.width)
      ? nil : "squares of \(size) pixels on images of \(shape)"
  }
}
