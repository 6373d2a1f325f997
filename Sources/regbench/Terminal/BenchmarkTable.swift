import Canonical
import Engine
import Report

/// A network with what its benchmark found.
struct BenchmarkResult {
  let name: String
  let batch: Int
  let threads: Int
  let figures: NetworkBenchmark.Figures

  /// The figures by the names that scripts read.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("network", .string(name)),
      .init("train_images_per_s", Self.number(figures.trainImagesPerSecond, decimals: 1)),
      .init("infer_images_per_s", Self.number(figures.inferenceImagesPerSecond, decimals: 1)),
      .init("gflops", Self.number(figures.gflops, decimals: 1)),
      .init("peak_mb", Self.number(figures.peakMegabytes, decimals: 1)),
      .init("batch", .number(batch)),
      .init("threads", .number(threads)),
    ]
    if let times = figures.layerTimes {
      members.append(.init("step_ms", Self.milliseconds(times.step)))
      members.append(.init("loss_ms", Self.milliseconds(times.loss)))
      members.append(.init("update_ms", Self.milliseconds(times.update)))
      members.append(.init("idle_ms", Self.milliseconds(times.idle)))
      members.append(.init("layers", .array(times.layers.map(Self.json))))
    }
    return .object(members)
  }

  private static func json(_ layer: LayerTimes.Layer) -> JSONValue {
    .object([
      .init("name", .string(layer.name)),
      .init("kind", .string(layer.kind)),
      .init("forward_ms", milliseconds(layer.forward)),
      .init("backward_ms", milliseconds(layer.backward)),
      .init("reduction_ms", milliseconds(layer.reduction)),
      .init("multiply_adds", .number(layer.multiplyAdds)),
    ])
  }

  private static func milliseconds(_ seconds: Double) -> JSONValue {
    number(seconds * 1000, decimals: 4)
  }

  private static func number(_ value: Double, decimals: Int) -> JSONValue {
    let unit = (0..<decimals).reduce(1.0) { unit, _ in unit * 10 }
    return .number((value * unit).rounded() / unit)
  }
}

/// Benchmarks as text.
enum BenchmarkTable {
  /// One line a network; then, where layers were timed, a table for each.
  static func text(_ results: [BenchmarkResult]) -> String {
    let networks = Table(
      header: [
        "network", "batch", "training images/s", "inference images/s", "GFLOP/s", "peak MB",
      ],
      rows: results.map { result in
        let figures = result.figures
        return [
          result.name, String(result.batch), rate(figures.trainImagesPerSecond),
          rate(figures.inferenceImagesPerSecond), DecimalText.fixed(figures.gflops, decimals: 1),
          DecimalText.grouped(Int(figures.peakMegabytes.rounded())),
        ]
      })
    return TextRenderer.text(
      [.table(networks)]
        + results.flatMap { result -> [Block] in
          guard let times = result.figures.layerTimes else { return [] }
          return [.heading(2, result.name), .table(layers(times))]
        }, width: nil)
  }

  /// Whole images from 100 on, tenths below.
  private static func rate(_ rate: Double) -> String {
    rate < 100
      ? DecimalText.fixed(rate, decimals: 1) : DecimalText.grouped(Int(rate.rounded()))
  }

  /// Milliseconds of all threads together by layer and pass; GFLOP/s of one thread.
  static func layers(_ times: LayerTimes) -> Table {
    let all = times.step * Double(times.threads)
    func share(_ seconds: Double) -> String {
      DecimalText.fixed(100 * seconds / max(all, 1e-12), decimals: 1)
    }
    func milliseconds(_ seconds: Double) -> String {
      DecimalText.fixed(seconds * 1000, decimals: 3)
    }
    func speed(_ layer: LayerTimes.Layer, _ products: Int, _ seconds: Double) -> String {
      guard layer.multiplyAdds > 0, seconds > 0 else { return "" }
      return DecimalText.fixed(
        2e-9 * Double(products * layer.multiplyAdds) / seconds, decimals: 1)
    }
    let layers = times.layers.map { layer in
      [
        layer.name, layer.kind, milliseconds(layer.forward), milliseconds(layer.backward),
        milliseconds(layer.reduction), share(layer.total),
        speed(layer, layer.forwardPasses, layer.forward),
        speed(layer, layer.backwardProducts, layer.backward + layer.reduction),
      ]
    }
    let others = [
      ("loss", times.loss), ("update", times.update), ("idle", times.idle),
      ("\(times.threads) × step", all),
    ].map { [$0, "", milliseconds($1), "", "", share($1), "", ""] }
    return Table(
      header: [
        "layer", "kind", "forward ms", "backward ms", "reduction ms", "share %", "forward GFLOP/s",
        "backward GFLOP/s",
      ], rows: layers + others, words: [1])
  }
}
