import Engine
import Study

extension WeightHistogram: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double { 0 }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    let names = try names(in: run.cell)
    let network = try run.network(for: Self.name).network
    return FinalWeightsRecorder {
      let points = network.parameters(named: names).flatMap(points)
      return FinalMeasurement(series: [Series(name: Self.name, points: points)])
    }
  }

  /// One curve: the share of a parameter's values in each bin.
  func points(of parameter: Parameter) -> [SeriesPoint] {
    var counts = [Int](repeating: 0, count: bins)
    let width = (high - low) / Double(bins)
    for value in parameter.values {
      let place = (Double(value) - low) / width
      // Not-a-number is in no bin.
      guard place >= 0, place < Double(bins) else { continue }
      counts[Int(place)] += 1
    }
    return counts.indices.map { bin in
      SeriesPoint(
        curve: parameter.spec.name, x: low + (Double(bin) + 0.5) * width,
        y: Double(counts[bin]) / Double(parameter.values.count))
    }
  }
}
