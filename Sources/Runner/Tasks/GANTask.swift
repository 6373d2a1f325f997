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
  init(_ spec: CellSpec, dataset: Dataset, pool: ThreadPool) throws {
    let training = spec.training
    let root = RandomRoot(seed: spec.streamSeed, trial: spec.trial)
    feed = try ImageFeed(spec, dataset: dataset, root: root)
    let discriminatorSpec = try spec.networkSpec(dataset.facts)
    guard let generatorSpec = spec.generatorSpec(dataset.facts),
      try generatorSpec.outputShape() == discriminatorSpec.input,
      try discriminatorSpec.outputShape().count == 1
    else {
      throw RunnerError.impossibleCell(
        reason:
          "\(spec.generator?.name ?? "no generator") and \(spec.network.name) do not fit each "
          + "other on images of \(dataset.facts.shape)")
    }
    let generator = try Network(
      generatorSpec, capacity: training.batch, pool: pool, root: root)
    let discriminator = try Network(
      discriminatorSpec, capacity: training.batch, pool: pool, root: root,
      passesInputGradient: true)
    for network in [generator, discriminator] { network.initialize(training.initializer) }
    trainer = AdversarialTrainer(
      generator: generator, discriminator: discriminator, optimizer: training.optimizer)
    course = TrainingCourse(spec, images: feed.training.count)
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

  func evaluate() -> Evaluation {
    let all = windows.all
    let settled = all.count > 1 ? all.dropFirst() : all[...]
    return Evaluation(
      validationError: nil, testError: nil,
      measures: [
        Measure(name: "value_mean", value: all.last?.mean ?? .nan),
        Measure(name: "value_range", value: all.last?.range ?? .nan),
        Measure(name: "largest_spike", value: settled.map(\.spike).max() ?? .nan),
      ])
  }

  func series() throws -> [Series] {
    let all = windows.all
    func curve(_ name: String, _ value: (ValueWindows.Window) -> Double) -> [SeriesPoint] {
      all.map { SeriesPoint(curve: "value.\(name)", x: Double($0.end), y: value($0)) }
    }
    let points = curve("min", \.least) + curve("max", \.largest) + curve("mean", \.mean)
    return [Series(name: "ganValue", points: points)]
  }

  var state: [NamedArray] { trainer.state + windows.arrays }

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
