import Engine
import Model
import Study

extension UnitMaxima: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double { 0 }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    let names = try names(in: run.cell)
    let network = try run.network(for: Self.name).network
    let layers = run.cell.layers
    return FinalWeightsRecorder {
      let points = network.parameters(named: names).flatMap { parameter in
        layers.first { $0.parameters.contains(parameter.spec) }
          .map { self.points(of: parameter, in: $0) } ?? []
      }
      return FinalMeasurement(series: [Series(name: Self.name, points: points)])
    }
  }

  /// One curve: the largest magnitude of each input unit's weights.
  /// - Parameter layer: the linear layer that the parameter belongs to.
  func points(of parameter: Parameter, in layer: PlacedLayer) -> [SeriesPoint] {
    let shape = parameter.spec.shape
    var inputs = shape[1]
    // Numbers of one input unit that follow each other.
    var run = 1
    if case .transposedConvolution = layer.layer {
      inputs = shape[0]
      run = shape.dropFirst().reduce(1, *)
    }
    var maxima = [Float](repeating: 0, count: inputs)
    for (index, value) in parameter.values.enumerated() {
      let unit = index / run % inputs
      maxima[unit] = max(maxima[unit], abs(value))
    }
    return maxima.indices.map {
      SeriesPoint(curve: parameter.spec.name, x: Double($0), y: Double(maxima[$0]))
    }
  }
}
