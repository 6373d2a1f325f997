import Canonical

/// How a network is trained.
package struct TrainingSpec: Configurable, Hashable {
  package enum Length: Hashable, Sendable {
    /// This many updates.
    case iterations(Int)
    /// This many passes over the training images.
    case epochs(Int)
  }

  /// What happens to the images that do not fill a batch at the end of an epoch.
  package enum LastBatch: String, CaseIterable, Sendable {
    /// The batch is filled from the next epoch's order (Caffe reads its data in a ring).
    case wrap
    /// A smaller batch (PyTorch's default).
    case keep
    /// They are left out of this epoch.
    case drop
  }

  /// Images in an update.
  package var batch: Int
  package var length: Length
  /// What ends an epoch.
  package var lastBatch: LastBatch
  /// How the gradient moves the weights.
  package var optimizer: Optimizer
  /// How fast.
  package var learningRate: LearningRateSchedule
  /// How weights start where a layer has no rule of its own.
  package var initializer: Initializer
  /// A safetensors file with the weights that training starts from, which then no initialiser draws.
  package var initialWeights: String?
  /// The largest norm of all gradients together, to which larger ones are scaled; nil for no limit.
  package var clipNorm: Double?

  /// How many images an update may have.
  package static let batches = 1...65_536

  package static let blank = TrainingSpec(
    batch: 1, length: .iterations(1), lastBatch: .keep, optimizer: .sgd(.blank),
    learningRate: .blank, initializer: .torchDefault)
  package static let fields: [Field<TrainingSpec>] = [
    .whole("batch", \.batch, in: batches, .required, "images of an update"),
    .whole(
      "iterations", \.iterations, in: 1...1_000_000_000, "updates of a run; excludes `epochs`"
    ).alternative(among: lengths, .required),
    .whole(
      "epochs", \.epochs, in: 1...1_000_000,
      "passes over the training images; excludes `iterations`"
    ).alternative(among: lengths, .required),
    .choice(
      "lastBatch", \.lastBatch, usual: { $0.epochs == nil ? .wrap : .keep },
      "what becomes of the images that do not fill a batch: `wrap` unless said otherwise, `keep` "
        + "where the length is in `epochs`"),
    .object("optimizer", \.optimizer, .required, "how weights follow gradients"),
    .object("learningRate", \.learningRate, .required, "the rate as a function of the update"),
    .initializer(
      \.initializer, "the distribution of initial weights, if not the network's own"),
    .text("initialWeights", \.initialWeights, "a safetensors file to start from"),
    .number(
      "clipNorm", \.clipNorm, in: 1e-9...1e9,
      "the largest norm of the whole gradient; longer ones are shortened"),
  ]

  private static let lengths = ["iterations", "epochs"]

  package func check(_ reader: ObjectReader) {
    if reader.has("iterations"), reader.has("epochs") {
      reader.report("\"iterations\" and \"epochs\" exclude each other", key: "epochs")
    }
  }

  private var iterations: Int? {
    get { if case .iterations(let count) = length { count } else { nil } }
    set { if let newValue { length = .iterations(newValue) } }
  }

  private var epochs: Int? {
    get { if case .epochs(let count) = length { count } else { nil } }
    set { if let newValue { length = .epochs(newValue) } }
  }

  /// Updates in an epoch of `images` training images; the last, partial one counts unless dropped
  /// or wrapped.
  package func updatesPerEpoch(images: Int) -> Int {
    switch lastBatch {
    case .keep: (images + batch - 1) / batch
    case .drop, .wrap: max(1, images / batch)
    }
  }

  /// Updates in the whole training.
  package func totalUpdates(images: Int) -> Int {
    switch length {
    case .iterations(let count): count
    case .epochs(let count): count * updatesPerEpoch(images: images)
    }
  }
}
