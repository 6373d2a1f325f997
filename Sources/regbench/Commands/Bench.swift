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
      Random images in memory, of MNIST's or CIFAR's shape as is usual for the network. Networks \
      without normalization or noise of their own get Dropout 0.5 at their last layer. Rates are medians over five windows after one to warm up. GFLOP/s are nominal: six operations \
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

  @Option(help: "How convolutions are computed.")
  var convolution = ConvolutionAlgorithm.automatic

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
        spec: spec, batch: batch, threads: threads, steps: steps, convolution: convolution)
      rows.append((name, try benchmark.run()))
    }
    try StandardStreams.product(json ? Self.json(rows).prettyText : Self.table(rows))
  }

  private func spec(_ name: String) throws -> NetworkSpec {
    guard NetworkChoice.names.contains(name) else {
      throw Failure.unknown("network", name, known: NetworkChoice.names)
    }
    let choice = NetworkChoice(reading: .string(name), DiagnosticCollector())
    let network = choice.network(input: choice.usualInput, classes: 10)
    let isRegularized = network.allLayers.contains { named in
      switch named.layer {
      case .batchNormalization, .unitNoise: true
      default: false
      }
    }
    return isRegularized ? network : try network.attaching([Dropout(drop: 0.5)])
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

extension ConvolutionAlgorithm: ExpressibleByArgument {}
