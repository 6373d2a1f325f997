import Model

/// An elementwise non-linearity as a layer of its own, where it could not be fused into the layer
/// before it.
final class ActivationLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  init(_ function: ActivationSpec.Function, _ ports: LayerPorts) {
    let count = ports.input.shape.count
    let (x, y, dy) = (ports.input.base, ports.output.base, ports.outputGradient.base)
    forwardStages = [
      Stage(.lanes) { part, _ in
        let start = part.samples.lowerBound * count
        let total = part.samples.count * count
        switch function {
        case .relu: reluForward(x + start, y + start, total)
        case .sigmoid: sigmoidForward(x + start, y + start, total)
        // The compiler refuses the others.
        case .tanh, .leakyRelu: preconditionFailure("activation without a kernel")
        }
      }
    ]
    guard let dx = ports.inputGradient?.base else {
      backwardStages = []
      return
    }
    backwardStages = [
      Stage(.lanes) { part, _ in
        let start = part.samples.lowerBound * count
        let total = part.samples.count * count
        switch function {
        case .relu: reluBackward(y + start, dy + start, dx + start, total)
        case .sigmoid: sigmoidBackward(y + start, dy + start, dx + start, total)
        // The compiler refuses the others.
        case .tanh, .leakyRelu: preconditionFailure("activation without a kernel")
        }
      }
    ]
  }
}
