import Model

/// A compiled subject of a benchmark, with random data in memory.
protocol BenchmarkWork: AnyObject {
  /// One training step on the batch.
  func train(update: Int)
  /// One prediction of the batch, without noise.
  func infer()
  /// All that training changes.
  var state: [NamedArray] { get }
}

extension BenchmarkSubject {
  /// What compiling a subject needs to know.
  struct Setting {
    var batch: Int
    var pool: ThreadPool
    var convolution: ConvolutionAlgorithm
    /// A stopwatch for each of the subject's networks, or none.
    var stopwatches: [LayerStopwatch] = []

    /// Compiles the subject's network of a number.
    func network(
      _ spec: NetworkSpec, _ number: Int = 0, passesInputGradient: Bool = false
    ) throws(EngineError) -> Network {
      try Network(
        spec, capacity: batch, pool: pool, root: RandomRoot(seed: 1, trial: 0),
        convolution: convolution, passesInputGradient: passesInputGradient,
        stopwatch: stopwatches.isEmpty ? nil : stopwatches[number])
    }
  }

  /// Compiles the subject.
  /// - Throws: `EngineError` where a network does not compile.
  func work(_ setting: Setting) throws(EngineError) -> any BenchmarkWork {
    switch self {
    case .classifier(let spec): try ClassifierWork(setting.network(spec), batch: setting.batch)
    case .outputs(let spec): try OutputWork(setting.network(spec), batch: setting.batch)
    case .adversarial(let generator, let discriminator):
      try AdversarialWork(
        generator: setting.network(generator, 0),
        discriminator: setting.network(discriminator, 1, passesInputGradient: true),
        batch: setting.batch)
    }
  }
}

/// Random numbers for benchmarks, in an array that stays where it is.
final class BenchmarkNumbers {
  /// The numbers, in [0, 1).
  let base: UnsafeMutablePointer<Float>

  /// Draws `count` numbers.
  init(_ count: Int, _ name: String) {
    base = .allocate(capacity: max(count, 1))
    let stream = RandomRoot(seed: 1, trial: 0).stream(.synthesis, "benchmark \(name)")
    for index in 0..<count {
      (base + index).initialize(
        to: RandomBits.uniform(stream.block(position: 0, index: UInt32(index))[0]))
    }
  }

  deinit { base.deallocate() }
}
