import Model

extension CompiledLayer {
  /// Maximum or average over square windows, clipped at the border where the rounding is `ceil`.
  /// - Parameter relu: whether max(·, 0) follows a maximum.
  static func pooling(
    _ spec: PoolingSpec, _ ports: LayerPorts, relu: Bool, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "Pooling")
    let geometry = PoolingGeometry(
      spec, input: ports.input.shape, output: ports.output.shape, relu: relu)
    let shares = geometry.shares(context.arena)
    let (input, output, outputGradient) = (ports.input, ports.output, ports.outputGradient)
    layer.forward = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          let (x, y) = (input.sample(sample), output.sample(sample))
          switch spec.operation {
          case .max: maxPool(x, input.stride, y, output.stride, geometry)
          case .average: averagePool(x, input.stride, y, output.stride, geometry, shares: shares)
          }
        }
      }
    ]
    guard let inputGradient = ports.inputGradient else { return layer }
    layer.backward = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          let gradients = PoolingGradients(
            dy: outputGradient.sample(sample), dyStride: outputGradient.stride,
            dx: inputGradient.sample(sample), dxStride: inputGradient.stride)
          switch spec.operation {
          case .max:
            maxPoolBackward(
              input.sample(sample), input.stride, output.sample(sample), output.stride, gradients,
              geometry)
          case .average: averagePoolBackward(gradients, geometry, shares: shares)
          }
        }
      }
    ]
    return layer
  }
}

extension LayerCompiler {
  func visit(_ spec: PoolingSpec) -> CompiledLayer {
    .pooling(spec, ports, relu: relu, context: context)
  }
}
