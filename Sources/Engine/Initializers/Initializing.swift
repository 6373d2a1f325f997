import Model

/// Draws the initial values of parameters.
enum Initializing {
  /// Fills `values` by the parameter's own rule, or by `fallback` where it has none. Each parameter
  /// has a stream of its own, named after it, so a layer more or less changes no other's weights.
  static func fill(
    _ values: UnsafeMutableBufferPointer<Float>, _ spec: ParameterSpec, fallback: Initializer,
    root: RandomRoot
  ) {
    let lanes = PhiloxLanes(root.stream(.weights, spec.name), position: 0)
    switch distribution(of: spec, fallback: fallback) {
    case .constant(let value):
      values.update(repeating: value)
    case .uniform(let bound):
      let scale = SIMD8<Float>(repeating: bound)
      lanes.fill(values) { group in
        let u = lanes.uniforms(group)
        return (
          (2 * u.0 - 1) * scale, (2 * u.1 - 1) * scale, (2 * u.2 - 1) * scale,
          (2 * u.3 - 1) * scale
        )
      }
    case .normal(let deviation):
      let scale = SIMD8<Float>(repeating: deviation)
      lanes.fill(values) { group in
        let z = lanes.normals(group)
        return (z.0 * scale, z.1 * scale, z.2 * scale, z.3 * scale)
      }
    }
  }

  /// What initial values are drawn from.
  enum Distribution: Equatable {
    /// One value for all.
    case constant(Float)
    /// Uniform in [−bound, bound).
    case uniform(bound: Float)
    /// Normal around 0.
    case normal(deviation: Float)
  }

  /// The rule for one parameter.
  static func distribution(of spec: ParameterSpec, fallback: Initializer) -> Distribution {
    let fanIn = Double(spec.fanIn)
    switch (spec.initializer ?? fallback, spec.role) {
    case (_, .gain): return .constant(1)
    case (_, .shift): return .constant(0)
    case (.torchDefault, _): return .uniform(bound: Float(1 / fanIn.squareRoot()))
    case (_, .bias): return .constant(0)
    case (.caffeXavier, .weight): return .uniform(bound: Float((3 / fanIn).squareRoot()))
    case (.gaussian(let deviation), .weight): return .normal(deviation: Float(deviation))
    case (.heFanIn, .weight): return .normal(deviation: Float((2 / fanIn).squareRoot()))
    case (.heFanOut, .weight):
      return .normal(deviation: Float((2 / Double(spec.fanOut)).squareRoot()))
    case (.glorotSigmoid, .weight):
      return .uniform(bound: Float(4 * (6 / (fanIn + Double(spec.fanOut))).squareRoot()))
    case (.torchvisionVGG, .weight):
      // Filters have rows and columns, matrices do not.
      return spec.shape.count > 2
        ? .normal(deviation: Float((2 / Double(spec.fanOut)).squareRoot()))
        : .normal(deviation: 0.01)
    }
  }
}
