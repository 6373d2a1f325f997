/// The stages of a network's two passes, in the order in which they run; timed where a stopwatch is
/// given.
struct NetworkStages {
  /// From input to output.
  let forward: [Stage]
  /// From output to input, then what is left to do for the parameters' gradients.
  let backward: [Stage]

  init(_ layers: [CompiledLayer], lanes: LanePlan, stopwatch: LayerStopwatch?) {
    let indices = Array(layers.indices)
    func stages(
      _ order: [Int], _ pass: LayerStopwatch.Pass, _ path: KeyPath<CompiledLayer, [Stage]>
    ) -> [Stage] {
      order.flatMap { index in
        let stages = layers[index][keyPath: path]
        return stopwatch?.timed(stages, of: layers[index], index, pass, lanes: lanes) ?? stages
      }
    }
    let downward: [Int] = indices.reversed()
    forward = stages(indices, .forward, \.forward)
    backward =
      stages(downward, .backward, \.backward)
      + stages(downward, .reduction, \.reduction)
  }
}
