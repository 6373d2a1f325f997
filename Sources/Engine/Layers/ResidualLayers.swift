import Model

extension CompiledLayer {
  /// The end of a residual addition: output = body's output + shortcut's output, lane by lane. On the
  /// way back both branches read the one gradient of the sum, so there is nothing to do.
  static func residualSum(body: FeatureMaps, shortcut: FeatureMaps, output: FeatureMaps)
    -> CompiledLayer
  {
    var layer = CompiledLayer(kind: "ResidualSum")
    layer.forward = [
      Stage(.lanes) { part, _ in
        if output.base == body.base {
          output.add(shortcut, part.samples)
        } else {
          output.sum(body, shortcut, part.samples)
        }
      }
    ]
    return layer
  }
}

extension CompiledLayer {
  /// The beginning of two branches that read the same maps: the gradient of one of them is in its
  /// place already, and that of the other one is added.
  static func residualFork(gradient: FeatureMaps, adding other: FeatureMaps) -> CompiledLayer {
    var layer = CompiledLayer(kind: "ResidualFork")
    layer.backward = [Stage(.lanes) { part, _ in gradient.add(other, part.samples) }]
    return layer
  }
}
