import Model
import Testing

@testable import Engine

/// A parameter with memory of its own.
final class OwnedParameter {
  let parameter: Parameter

  init(_ name: String, _ values: [Float], role: ParameterSpec.Role = .weight) {
    let weights = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    _ = weights.initialize(from: values)
    let gradient = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    gradient.initialize(repeating: 0)
    parameter = Parameter(
      spec: ParameterSpec(
        name: name, role: role, shape: [values.count], fanIn: 1, fanOut: 1, initializer: nil),
      values: weights, gradient: gradient)
  }

  deinit {
    parameter.values.deallocate()
    parameter.gradient.deallocate()
  }

  var values: [Float] { Array(parameter.values) }
}

/// Performs stages of an optimizer on one thread, without a network.
func perform(_ stages: [Stage]) {
  withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { scratch in
    guard let base = scratch.baseAddress else { return }
    for stage in stages {
      var parts = 1
      switch stage.partition {
      case .blocks(let count): parts = count
      case .whole: break
      case .lanes: Issue.record("parameters have no lanes")
      }
      for index in 0..<parts {
        stage.perform(Part(index: index, samples: 0..<0, scratch: base), Pass())
      }
    }
  }
}
