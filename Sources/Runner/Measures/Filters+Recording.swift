import Engine
import Model
import Study

extension Filters: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double { 0 }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    let layer = try layer(in: run.cell)
    let network = try run.network(for: Self.name).network
    // One trial's pictures are enough to look at.
    let isShown = run.cell.spec.trial == 1
    return FinalWeightsRecorder {
      let weights = isShown ? network.parameters(named: ["\(layer.name).weight"]) : []
      return FinalMeasurement(series: weights.map { self.pictures($0, of: layer) })
    }
  }

  /// The pictures of the first units of a layer on the input.
  /// - Parameter weights: of a dense layer or a convolution, each unit's numbers row by row with the
  ///   channels last.
  func pictures(_ weights: Parameter, of layer: PlacedLayer) -> Series {
    var shape = layer.input
    if case .convolution(let spec) = layer.layer {
      (shape.height, shape.width) = (spec.kernel, spec.kernel)
    }
    let count = shape.count
    let images = (0..<min(units, weights.spec.shape[0])).map { unit in
      let own = Array(weights.values[unit * count..<(unit + 1) * count])
      let (low, high) = (Double(own.min() ?? 0), Double(own.max() ?? 0))
      var pixels: [UInt8] = []
      for channel in 0..<shape.channels {
        for position in 0..<shape.positions {
          let value = Double(own[position * shape.channels + channel])
          let grey = high > low ? (255 * (value - low) / (high - low)).rounded() : 0
          pixels.append(UInt8(min(255, max(0, grey))))
        }
      }
      return FilterImage(
        unit: unit, width: shape.width, height: shape.height * shape.channels, low: low, high: high,
        pixels: pixels)
    }
    return Series(images: images)
  }
}
