import TestSupport

/// A worked example of Shakeout on a dense layer, computed by an independent implementation in
/// NumPy: two samples, three inputs, two outputs; one weight is zero.
enum ShakeoutExample {
  static let drop = 0.25
  static let c = 0.1
  static let x = ReferenceMatrix([[1, -2, 0.5], [0.25, 0, 3]])
  static let weights = ReferenceMatrix([[0.2, -0.4, 0], [-1, 0.3, 0.05]])
  static let bias = [0.1, -0.2]
  static let mask = ReferenceMatrix([[1, 0, 1], [0, 1, 1]])
  static let delta = ReferenceMatrix([[1, -0.5], [0.3, 2]])

  /// U in training.
  static let output = [0.2, -1.316666666667, 0.075, 0.125]
  /// U in evaluation.
  static let plainOutput = [1.1, -1.775, 0.15, -0.3]
  static let inputGradient = [
    0.983333333333, 0.15, -0.05, 0.17, 0.696666666667, 0.2,
  ]
  static let weightGradient = [
    1.35816027706, 0.171127757216, 1.913333333333, -0.694664956108, -0.091513696183,
    7.857854964148,
  ]
  static let biasGradient = [1.3, 1.5]

  /// The example as a reference layer.
  static var reference: ShakeoutDenseReference {
    ShakeoutDenseReference(
      dense: DenseReference(weights: weights, bias: bias),
      dropout: DropoutReference(drop: drop, mask: mask), c: c)
  }
}
