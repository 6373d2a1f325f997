import Canonical

/// How a network is trained.
package struct TrainingSpec: Hashable, Sendable {
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

  /// Describes a training recipe.
  package init(
    batch: Int, length: Length, lastBatch: LastBatch, optimizer: Optimizer,
    learningRate: LearningRateSchedule, initializer: Initializer, initialWeights: String? = nil,
    clipNorm: Double? = nil
  ) {
    self.batch = batch
    self.length = length
    self.lastBatch = lastBatch
    self.optimizer = optimizer
    self.learningRate = learningRate
    self.initializer = initializer
    self.initialWeights = initialWeights
    self.clipNorm = clipNorm
  }

  /// Reads the object under `"training"`. Iterations wrap, epochs keep a short last batch, unless
  /// `"lastBatch"` says otherwise.
  package init(reading reader: ObjectReader) {
    batch = reader.int("batch", in: 1...65_536)
    switch (reader.has("iterations"), reader.has("epochs")) {
    case (true, true):
      reader.report("\"iterations\" and \"epochs\" exclude each other", key: "epochs")
      length = .iterations(1)
    case (false, true): length = .epochs(reader.int("epochs", in: 1...1_000_000))
    default: length = .iterations(reader.int("iterations", in: 1...1_000_000_000))
    }
    if case .iterations = length {
      lastBatch = reader.choice("lastBatch", default: .wrap)
    } else {
      lastBatch = reader.choice("lastBatch", default: .keep)
    }
    optimizer = reader.object("optimizer") { Optimizer(reading: $0) }
    learningRate = reader.object("learningRate") { LearningRateSchedule(reading: $0) }
    initializer =
      reader.raw("initializer").map { Initializer(reading: $0, reader) } ?? .torchDefault
    initialWeights = reader.has("initialWeights") ? reader.string("initialWeights") : nil
    clipNorm = reader.has("clipNorm") ? reader.double("clipNorm", in: 1e-9...1e9) : nil
    reader.finish()
  }

  package var json: JSONValue {
    var members: [JSONValue.Member] = [.init("batch", .number(batch))]
    switch length {
    case .iterations(let count): members.append(.init("iterations", .number(count)))
    case .epochs(let count): members.append(.init("epochs", .number(count)))
    }
    members += [
      .init("lastBatch", .string(lastBatch.rawValue)), .init("optimizer", optimizer.json),
      .init("learningRate", learningRate.json), .init("initializer", initializer.json),
    ]
    if let initialWeights { members.append(.init("initialWeights", .string(initialWeights))) }
    if let clipNorm { members.append(.init("clipNorm", .number(clipNorm))) }
    return .object(members)
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
