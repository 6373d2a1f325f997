import Engine
import Model
import Study

extension UnitMaxima {
  /// One curve: the largest magnitude of each input unit's weights.
  /// - Parameter layer: the linear layer that the parameter belongs to.
  func points(of parameter: Parameter, in layer: PlacedLayer) -> [SeriesPoint] {
    let shape = parameter.spec.shape
    let inputs: Int
    // Numbers of one input unit that follow each other, and how many such runs there are.
    var run = 1
    switch layer.layer {
    case .transposedConvolution:
      inputs = shape[0]
      run = shape.dropFirst().reduce(1, *)
    default: inputs = shape[1]
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
