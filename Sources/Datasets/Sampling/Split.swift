import Model

/// Which training images are for training and which for validation.
///
/// One permutation of the training set, drawn from the study's seed and the same in all trials:
/// its last images are for validation, and a training subset of n images is the first n of the
/// rest. So smaller subsets are parts of larger ones, and no subset meets the validation images. Where
/// each trial has a subset of its own, the rest is permuted again for it.
package struct Split: Hashable, Sendable {
  /// Indices of the images to train on.
  package let training: [Int]
  /// Indices of the images to select hyper-parameters on.
  package let validation: [Int]

  /// Splits `trainingCount` images: `validation` of them are held out, `size` of the others (nil is
  /// all) are trained on.
  /// - Parameter trial: the trial whose subset is meant; nil where all trials share one.
  /// - Throws: `DatasetError` of kind `usage` if there are not that many images.
  package init(
    trainingCount: Int, validation: Int, size: Int?, seed: UInt32, trial: UInt32?
  ) throws(DatasetError) {
    let rest = trainingCount - validation
    guard validation >= 0, rest > 0 else {
      throw DatasetError(
        .usage, file: "validation",
        "\(validation) of \(trainingCount) training images held out leave none to train on")
    }
    guard (1...rest).contains(size ?? rest) else {
      throw DatasetError(
        .usage, file: "trainSize",
        "a training subset of \(size ?? rest) images, but there are \(rest)",
        advice: "\(trainingCount) training images, of which \(validation) are for validation")
    }
    let order = Permutation.random(
      count: trainingCount, stream: RandomRoot(seed: seed, trial: 0).stream(.split, "training"),
      position: 0)
    var candidates = Array(order.prefix(rest))
    if let trial {
      candidates = Permutation.random(
        count: rest, stream: RandomRoot(seed: seed, trial: trial).stream(.split, "subset"),
        position: 0
      ).map { candidates[$0] }
    }
    training = Array(candidates.prefix(size ?? rest))
    self.validation = Array(order.suffix(validation))
  }
}
