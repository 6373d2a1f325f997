import Model

/// Compiles one layer of a network. How a kind of layer is compiled stands in that kind's file.
struct LayerCompiler: LayerVisitor {
  let place: PlacedLayer
  let ports: LayerPorts
  /// Whether a ReLU behind the layer is part of it.
  let relu: Bool
  /// The measured channels of the input, where the layer is a normalization.
  let measured: NetworkPlan.Measured?
  let arrays: NetworkArrays
  /// Room for gradients that are needed while the layer goes backward.
  let gradients: GradientPool
  let context: LayerContext

  /// The layer's weights, and its bias if it has one.
  var linearParameters: (Parameter, Parameter?) {
    guard let weights = parameter(.weight) else {
      preconditionFailure("\(place.name) is no linear layer")
    }
    return (weights, parameter(.bias))
  }

  /// The layer's own parameter of a role.
  func parameter(_ role: ParameterSpec.Role) -> Parameter? {
    place.parameters.first { $0.role == role }.flatMap { arrays.parameters[$0.name] }
  }

  /// The layer's own statistic at a place.
  func statistic(_ index: Int) -> Statistic {
    guard let statistic = arrays.statistics[place.statistics[index].name] else {
      preconditionFailure("\(place.name) has no statistic \(index)")
    }
    return statistic
  }

  /// The masks at the layer's input: those that noise at the same site would draw, unless there is
  /// such noise, which must not be drawn twice.
  var maskStream: RandomStream {
    let site = "\(place.name).input"
    return context.root.stream(
      .mask, arrays.noiseSites.contains(site) ? "\(site).replacement" : site)
  }

  func visit(_ spec: ResidualSpec) -> CompiledLayer { composite() }
  func visit(_ spec: ConcatenationSpec) -> CompiledLayer { composite() }

  /// The plan has taken composites apart.
  private func composite() -> CompiledLayer {
    preconditionFailure("\(place.name) is a composite and no layer of its own")
  }
}

/// What the layers of a network know each other's arrays and sites by.
struct NetworkArrays {
  /// By name.
  var parameters: [String: Parameter] = [:]
  /// By name.
  var statistics: [String: Statistic] = [:]
  /// The names of noise layers.
  var noiseSites: Set<String> = []
}
