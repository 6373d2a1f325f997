import Datasets
import Engine
import Model
import Study

/// Trains a generator and a discriminator against each other, the cell's regularizers on the
/// discriminator, and watches how their value −V(D, G) moves (Kang, Li, Tao, section 4.4).
///
/// It has no errors in per cent. The evaluation's interval is the window of which the least, the
/// largest and the mean value are kept. It measures `value_mean` and `value_range` of the last window
/// and `largest_spike`, the farthest that a value stood out above the mean of its window, the first
/// window, in which both networks start, left out.
final class GANTask: CourseTask {
  let course: TrainingCourse

  private let feed: ImageFeed
  private let trainer: AdversarialTrainer
  private let windows: ValueWindows
  private let noise: RandomStream
  private let images: UnsafeMutablePointer<Float>

  /// Builds the cell's networks with their initial weights.
  /// - Throws: errors of the split, of shapes, of regularizers and of the engine, and `RunnerError`
  ///   for networks that do not fit each other.
  init(_ spec: CellSpec, _ gan: GANSpec, dataset: Dataset, pool: ThreadPool) throws {
    let training = gan.training.recipe
    let root = RandomRoot(seed: spec.streamSeed, trial: spec.trial)
    feed = try ImageFeed(spec, gan.training, dataset: dataset, root: root)
    let discriminatorSpec = try spec.networkSpec(dataset.facts)
    let generatorSpec = gan.generatorSpec(dataset.facts)
    guard try generatorSpec.outputShape() == discriminatorSpec.input,
      try discriminatorSpec.outputShape().count == 1
    else {
      throw RunnerError.impossibleCell(
        reason:
          "\(gan.generator.name) and \(gan.training.network.name) do not fit each "
          + "other on images of \(dataset.facts.shape)")
    }
    let generator = try Network(
      generatorSpec, capacity: training.batch, pool: pool, root: root, convolution: .automatic,
      passesInputGradient: false, stopwatch: nil)
    let discriminator = try Network(
      discriminatorSpec, capacity: training.batch, pool: pool, root: root,
      convolution: .automatic, passesInputGradient: true, stopwatch: nil)
    for network in [generator, discriminator] { network.initialize(training.initializer) }
    trainer = AdversarialTrainer(
      generator: generator, discriminator: discriminator, optimizer: training.optimizer)
    course = TrainingCourse(gan.training, images: feed.training.count)
    windows = ValueWindows(
      length: course.evaluationInterval, updates: course.totalUpdates)
    noise = root.stream(.synthesis, "generator.noise")
    images = .allocate(capacity: training.batch * dataset.facts.shape.count)
    images.initialize(repeating: 0, count: training.batch * dataset.facts.shape.count)
  }

  deinit { images.deallocate() }

  /// - Returns: −V(D, G) on the batch before the update.
  func step(_ update: Int) -> Double {
    let count = feed.load(update: update, into: images)
    drawNoise(count, update)
    let value = trainer.step(
      count: count, images: images, update: update,
      learningRate: course.learningRate(of: update), moment: course.moment(of: update)
    ).discriminator
    windows.add(value, update: update)
    return value
  }

  func evaluate(after update: Int) -> Evaluation {
    let all = windows.all
    let settled = all.count > 1 ? all.dropFirst() : all[...]
    return Evaluation(
      validationError: nil, testError: nil,
      measures: [
        Measure(.valueMean, all.last?.mean ?? .nan),
        Measure(.valueRange, all.last?.range ?? .nan),
        Measure(.largestSpike, settled.map(\.spike).max() ?? .nan),
      ])
  }

  func series() throws -> [Series] {
    let all = windows.all
    func curve(
      _ curve: GANValue.Curve, _ value: (ValueWindows.Window) -> Double
    ) -> [SeriesPoint] {
      all.map { SeriesPoint(curve: curve.rawValue, x: Double($0.end), y: value($0)) }
    }
    let points = curve(.least, \.least) + curve(.largest, \.largest) + curve(.mean, \.mean)
    return [Series(name: GANValue.series, points: points)]
  }

  var state: TaskState { TaskState(arrays: trainer.state) + windows.state }

  var weights: [NamedArray] { trainer.parameterArrays }

  /// Fills the generator's input with numbers from (−1, 1).
  private func drawNoise(_ count: Int, _ update: Int) {
    let input = trainer.generator.input
    for index in 0..<count * trainer.generator.spec.input.count {
      let words = noise.block(position: UInt64(update), index: UInt32(index / 4))
      input[index] = 2 * RandomBits.uniform(words[index % 4]) - 1
    }
  }
}

extension GANSpec: RunnableTask {
  func make(_ cell: CellSpec, dataset: Dataset, pool: ThreadPool) throws -> any Task {
    try GANTask(cell, self, dataset: dataset, pool: pool)
  }

  /// Discriminator and generator.
  func networks(_ cell: CellSpec) throws -> [NetworkSpec]? {
    try training.facts.map { [try cell.networkSpec($0), generatorSpec($0)] }
  }

  /// Its numbers are those of training.
  func evaluatedImages(_ setup: TrainingSetup, _ facts: DatasetFacts) -> Double { 0 }

  func operations(_ cell: CellSpec) -> Double {
    guard let facts = training.facts,
      let judged = try? cell.networkSpec(facts).multiplyAdds(),
      let made = try? generatorSpec(facts).multiplyAdds()
    else { return 0 }
    // The discriminator judges a real image, a made one, and that one again for the generator.
    let step = 3 * Double(made) + 9 * Double(judged)
    return 2 * step * CellWork(cell, training, facts).trained
  }

  var keptNetworks: [KeptNetwork] {
    [
      KeptNetwork(
        network: training.network, prefix: "\(AdversarialTrainer.Side.discriminator.rawValue).",
        fileName: KeptWeights.fileName),
      KeptNetwork(
        network: generator, prefix: "\(AdversarialTrainer.Side.generator.rawValue).",
        fileName: "generator.safetensors"),
    ]
  }
}
