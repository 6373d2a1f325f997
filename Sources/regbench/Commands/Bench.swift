import ArgumentParser
import Canonical
import Engine
import Model

/// Measures training and inference speed on this machine.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast networks train and predict here.",
    discussion: """
      Random images in memory, of MNIST's or CIFAR's shape as is usual for the network. Classifiers \
      without normalization or noise of their own get Dropout 0.5 at their default sites, or what \
      --regularizer says; \
      autoencoders are trained with the sigmoid cross-entropy against their input; dcgan is one \
      update of the discriminator, on real and on made images, and one of the generator, and \
      predicts by making images. Rates are medians over windows after a warm-up. GFLOP/s are \
      nominal: six operations per multiply-add of an image's forward pass (dcgan: of all its \
      passes). Memory is the largest that the process has held.

      EXAMPLES:
        Three networks on two threads:
          regbench bench lenet wrn-16-4 dcgan --threads 2
        Where the time goes:
          regbench bench lenet --layers
        With another method:
          regbench bench lenet --regularizer '{"name": "dropout", "drop": 0.3}'
      """)

  @Argument(help: "The networks' names, such as lenet, wrn-16-4 or dcgan.")
  var networks: [String]

  @OptionGroup var threads: ThreadsOption

  @Option(help: "Images in a step; default: what is usual for the network, 16 to 128.")
  var batch: Int?

  @Option(help: "Steps in a window; default: as many as --seconds last.")
  var steps: Int?

  @Option(help: "Length of a window, unless --steps says it.")
  var seconds = 1.0

  @Option(help: "Windows, of which the median counts.")
  var windows = 5

  @Option(help: "How convolutions are computed.")
  var convolution = ConvolutionAlgorithm.automatic

  @Option(
    name: .customLong("regularizer"),
    help: ArgumentHelp(
      "A method to train with, as configs have it; may be repeated. Takes the place of Dropout 0.5.",
      valueName: "json"))
  var regularizers: [String] = []

  @Flag(help: "Measure the time of each layer and pass too, in a second run.")
  var layers = false

  @OptionGroup var kernels: KernelsOption

  @Flag(help: "Print a JSON array.")
  var json = false

  func validate() throws {
    try ThreadsOption.check("--batch", batch, TrainingSpec.batches)
    for (name, value) in [("--steps", steps), ("--windows", windows)] {
      try ThreadsOption.check(name, value, 1...1_000_000)
    }
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds must be above 0 and at most 3600")
    }
  }

  func run() throws {
    CPU.use(kernels.kernels)
    let subjects = try networks.map(subject)
    var results: [BenchmarkResult] = []
    for (name, subject) in zip(networks, subjects) {
      let benchmark = NetworkBenchmark(
        subject: subject, batch: batch ?? BenchmarkSubject.usualBatch(name),
        threads: threads.threads,
        window: steps.map { .steps($0) } ?? .seconds(seconds), windows: windows,
        convolution: convolution, timesLayers: layers)
      results.append(
        BenchmarkResult(
          name: name, batch: benchmark.batch, threads: benchmark.threads,
          figures: try benchmark.run()))
    }
    try StandardStreams.product(
      json ? JSONValue.array(results.map(\.json)).prettyText : BenchmarkTable.text(results))
  }

  private func subject(_ name: String) throws -> BenchmarkSubject {
    let regularizers = try regularizers.map(regularizer)
    if name == BenchmarkSubject.dcgan {
      guard regularizers.isEmpty else {
        throw Failure(.usage, "--regularizer: dcgan is measured as it is")
      }
      return .digitsDCGAN
    }
    guard NetworkChoice.familyName(of: name) != nil else {
      throw Failure.unknown(
        "network", name, known: NetworkChoice.names + [BenchmarkSubject.dcgan])
    }
    let diagnostics = DiagnosticCollector()
    let choice = NetworkChoice(reading: .string(name), diagnostics)
    if let problem = diagnostics.diagnostics.first {
      throw Failure(.usage, problem.message, advice: problem.advice)
    }
    do {
      return try .network(choice, regularizers: regularizers.isEmpty ? nil : regularizers)
    } catch {
      throw Failure(.usage, "--regularizer: \(error.regularizer): \(error.message)")
    }
  }

  private func regularizer(_ text: String) throws -> any Regularizer {
    let diagnostics = DiagnosticCollector()
    let value: JSONValue
    switch JSONParser.parse(Array(text.utf8), file: "--regularizer") {
    case .success(let parsed): value = parsed
    case .failure(let problem):
      throw Failure(.usage, "--regularizer: \(problem.message)", advice: problem.advice)
    }
    let regularizer = RegularizerRegistry.read(ObjectReader(value, diagnostics))
    if let problem = diagnostics.diagnostics.first {
      throw Failure(.usage, "--regularizer: \(problem.message)", advice: problem.advice)
    }
    guard let regularizer else {
      throw Failure(.usage, "--regularizer: expected {\"name\": …} as in configs")
    }
    switch type(of: regularizer).attachment {
    case .unitNoise, .linearReplacement, .activationReplacement, .lossTerm, .penalty:
      return regularizer
    case .dataTransform, .procedure:
      throw Failure(
        .usage, "--regularizer: \(type(of: regularizer).name) is no part of an update",
        advice: "bench measures updates of random images in memory")
    }
  }
}

extension ConvolutionAlgorithm: ExpressibleByArgument {}
