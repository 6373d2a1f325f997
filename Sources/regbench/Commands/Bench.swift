import ArgumentParser
import Canonical
import Engine
import Model
import Report

/// Measures training and inference speed on this machine.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast networks train and predict here.",
    discussion: """
      Random images of MNIST's shape in memory, the network with Dropout 0.5 at its last layer; \
      rates are medians over five windows after one to warm up. GFLOP/s are nominal: six operations \
      per multiply-add of an image's forward pass. Memory is the largest that the process has held.
      """)

  @Argument(help: "The networks' names: \(NetworkChoice.names.joined(separator: ", ")).")
  var networks: [String]

  @Option(help: "Threads.")
  var threads = 1

  @Option(help: "Images in a step.")
  var batch = 64

  @Option(help: "Steps in a window.")
  var steps = 50

  @Flag(help: "Print a JSON array.")
  var json = false

  func validate() throws {
    for (name, value) in [("--threads", threads), ("--batch", batch), ("--steps", steps)]
    where value < 1 {
      throw ValidationError("\(name) must be at least 1")
    }
  }

  func run() throws {
    let specs = try networks.map(spec)
    var rows: [(name: String, figures: NetworkBenchmark.Figures)] = []
    for (name, spec) in zip(networks, specs) {
      let benchmark = NetworkBenchmark(
        spec: spec, batch: batch, threads: threads, steps: steps)
      rows.append((name, try benchmark.run()))
    }
    try StandardStreams.product(json ? Self.json(rows).prettyText : Self.table(rows))
  }

  private func spec(_ name: String) throws -> NetworkSpec {
    guard NetworkChoice.names.contains(name) else {
      throw Failure.unknown("network", name, known: NetworkChoice.names)
    }
    let shape = FeatureShape(height: 28, width: 28, channels: 1)
    return try NetworkChoice(reading: .string(name), DiagnosticCollector())
      .network(input: shape, classes: 10).attaching([Dropout(drop: 0.5)])
  }

  private static func json(_ rows: [(name: String, figures: NetworkBenchmark.Figures)]) -> JSONValue
  {
    .array(
      rows.map { name, figures in
        .object([
          "network": .string(name),
          "train_images_per_s": .number(figures.trainImagesPerSecond.rounded()),
          "infer_images_per_s": .number(figures.inferenceImagesPerSecond.rounded()),
          "gflops": .number((figures.gflops * 10).rounded() / 10),
          "peak_mb": .number((figures.peakMegabytes * 10).rounded() / 10),
        ])
      })
  }

  private static func table(_ rows: [(name: String, figures: NetworkBenchmark.Figures)]) -> String {
    var columns = TextColumns([
      "network", "training images/s", "inference images/s", "GFLOP/s", "peak MB",
    ])
    for (name, figures) in rows {
      columns.append([
        name, DecimalText.grouped(Int(figures.trainImagesPerSecond.rounded())),
        DecimalText.grouped(Int(figures.inferenceImagesPerSecond.rounded())),
        ((figures.gflops * 10).rounded() / 10).shortestText,
        DecimalText.grouped(Int(figures.peakMegabytes.rounded())),
      ])
    }
    return columns.text
  }
}
