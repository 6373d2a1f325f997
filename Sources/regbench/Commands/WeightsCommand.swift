import ArgumentParser
import Canonical
import Durable
import Report
import Runner
import Weights

/// Trained weights, out of a run and into an evaluation.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights", abstract: "Export trained weights, or evaluate a file of weights.",
    discussion: """
      Files are safetensors with PyTorch's names and layouts, so that `load_state_dict` takes them. \
      A config starts from such a file with "initialWeights" in its "training".

      EXAMPLES:
        Out of a run, and into an evaluation:
          regbench weights export 0f3a -o lenet.safetensors
          regbench weights evaluate lenet.safetensors
      """,
    subcommands: [Export.self, Evaluate.self])

  /// Copies a finished run's weights.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a finished run's weights to a safetensors file.",
      discussion: """
        Weights are kept where a study says so ("keepWeights": "final") or `run --keep-weights` was \
        called. The metadata of the file hold the network as `networks --json` describes it \
        ("network") and everything about the training ("cell").

        EXAMPLES:
          Train, keep, export:
            regbench run quickstart --keep-weights
            regbench weights export 0f3a -o lenet.safetensors
        """)

    @Argument(
      help: ArgumentHelp(
        "The run's id as in runs.csv, the beginning of it, or its folder below runs/.",
        valueName: "run"))
    var source: String

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
    var output: String

    @Option(
      help: ArgumentHelp(
        "The study's result folder, where it does not lie in results/.", valueName: "dir"),
      completion: .directory)
    var out: String?

    func run() throws {
      let path = try KeptWeights.find(source, of: out)
      let file = try SafetensorsFile(path)
      // What is damaged is not carried on.
      try NetworkWeights.digest(file)
      try AtomicFile.write(try FileContents.read(path), to: output)
      let count = file.header.tensors.reduce(0) { $0 + $1.count }
      StandardStreams.talk(
        "\(output): \(Quantities.count(file.header.tensors.count, "tensor")), "
          + "\(DecimalText.grouped(count)) numbers, from \(path)")
    }
  }

  /// Measures a file's test error.
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the test error of a file of weights on a data set.",
      discussion: """
        Network, data set and scaling are those that the file names, unless options say otherwise; \
        files of other programs name none.

        EXAMPLES:
          An exported run on the data that it was trained on:
            regbench weights evaluate lenet.safetensors
          A file made with PyTorch:
            regbench weights evaluate f.safetensors \\
              --network lenet --dataset mnist --scale 1/255
        """)

    @Argument(
      help: "The safetensors file.", completion: .file(extensions: ["safetensors"]))
    var file: String

    @Option(
      help: ArgumentHelp("The data set; else the one of the training.", valueName: "name"))
    var dataset: String?

    @Option(
      help: ArgumentHelp(
        "The network, as a config writes it: a name, or a JSON object.", valueName: "network"))
    var network: String?

    @Option(
      help: ArgumentHelp(
        "What pixels (0 to 255) are multiplied by; else as in the training, or 1/255.",
        valueName: "number"))
    var scale: String?

    @OptionGroup var data: DataFolderOption

    @Option(help: "Threads; by default, one for each usable core.")
    var threads: Int?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws { try ThreadsOption.check("--threads", threads) }

    func run() throws {
      var evaluation = WeightsEvaluation(file)
      evaluation.dataset = dataset
      evaluation.network = try network.map(Self.network)
      evaluation.scale = scale
      evaluation.threads = threads
      let outcome = try evaluation.run(data: data.locator(offline: false)) {
        StandardStreams.talk($0)
      }
      try StandardStreams.product(json ? Self.json(outcome).prettyText : Self.text(outcome))
    }

    private static func network(_ text: String) throws -> JSONValue {
      guard text.hasPrefix("{") else { return .string(text) }
      switch JSONParser.parse(Array(text.utf8), file: "--network") {
      case .success(let value): return value
      case .failure(let problem):
        throw Failure(.usage, "--network: \(problem.message)", advice: problem.advice)
      }
    }

    private static func text(_ outcome: WeightsEvaluation.Outcome) -> String {
      let wrong = (outcome.testError * Double(outcome.images) / 100).rounded()
      let counts = [Int(wrong), outcome.images].map(DecimalText.grouped)
      let error = DecimalText.fixed(outcome.testError, decimals: 2)
      var text =
        "\(outcome.network) on \(outcome.dataset): test error \(error) % "
        + "(\(counts[0]) of \(counts[1]) images)\n"
      if let recorded = outcome.recordedTestError {
        text += "at the end of its training: \(DecimalText.fixed(recorded, decimals: 2)) %\n"
      }
      return text
    }

    private static func json(_ outcome: WeightsEvaluation.Outcome) -> JSONValue {
      .object([
        "network": .string(outcome.network), "dataset": .string(outcome.dataset),
        "images": .number(outcome.images), "test_error": .number(outcome.testError),
        "recorded_test_error": outcome.recordedTestError.map { .number($0) } ?? .null,
      ])
    }
  }
}
