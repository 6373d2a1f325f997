import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct TransposedConvolutionLayerTests {
  struct Case {
    var kernel: Int
    var stride: Int
    var padding: Int
    var outputPadding = 0
    var size = 4
    var inputs = 5
    var outputs = 7
    var hasBias = true
    var passesGradient = true
    var convolution = ConvolutionAlgorithm.automatic
  }

  static let grid: [Case] = [
    Case(kernel: 4, stride: 2, padding: 1), Case(kernel: 4, stride: 1, padding: 0, size: 1),
    Case(kernel: 4, stride: 2, padding: 1, inputs: 24, outputs: 16, hasBias: false),
    Case(kernel: 5, stride: 2, padding: 2, outputPadding: 1, inputs: 9, outputs: 3),
    Case(kernel: 3, stride: 3, padding: 0, outputPadding: 2),
    Case(kernel: 1, stride: 1, padding: 0),
    Case(kernel: 2, stride: 3, padding: 1, outputPadding: 1),
    Case(kernel: 3, stride: 1, padding: 1),
    Case(kernel: 4, stride: 2, padding: 1, inputs: 8, passesGradient: false),
    // By phases of the output, which Winograd rounds by the largest number of a tile.
    Case(kernel: 5, stride: 2, padding: 2, outputPadding: 1, size: 8, inputs: 40, outputs: 24),
    Case(
      kernel: 5, stride: 2, padding: 2, outputPadding: 1, size: 7, inputs: 9, outputs: 3,
      convolution: .winograd),
    Case(kernel: 4, stride: 2, padding: 1, hasBias: false, convolution: .winograd),
    // Phases of whole panels, whose products leave out what the filters lack.
    Case(
      kernel: 5, stride: 2, padding: 2, outputPadding: 1, size: 8, inputs: 24, outputs: 16,
      convolution: .winograd),
    Case(kernel: 4, stride: 2, padding: 1, inputs: 9, outputs: 32, convolution: .winograd),
    Case(
      kernel: 5, stride: 2, padding: 2, outputPadding: 1, inputs: 6, outputs: 1,
      passesGradient: false, convolution: .winograd),
  ]

  @Test func `phases of the output are chosen where they save work`() {
    func isPhased(_ side: Int, _ inputs: Int, _ outputs: Int, padding: Int = 2) -> Bool {
      MapPhases(
        TransposedConvolutionSpec(
          outputs: outputs, kernel: 5, stride: 2, padding: padding, outputPadding: 1),
        input: FeatureShape(height: side, width: side, channels: inputs),
        output: FeatureShape(height: 2 * side, width: 2 * side, channels: outputs), .automatic)
        != nil
    }
    #expect(isPhased(7, 1024, 64) && isPhased(8, 40, 24))
    #expect(!isPhased(14, 64, 1) && !isPhased(7, 1024, 64, padding: 0))
  }

  @Test(arguments: grid)
  func `agrees with the reference`(_ item: Case) throws {
    let spec = TransposedConvolutionSpec(
      outputs: item.outputs, kernel: item.kernel, stride: item.stride, padding: item.padding,
      outputPadding: item.outputPadding, hasBias: item.hasBias)
    let input = FeatureShape(height: item.size, width: item.size + 1, channels: item.inputs)
    let output = try LayerSpec.transposedConvolution(spec).spec.outputShape(of: input, name: "up")
    let filters = ReferenceMaps(
      count: item.inputs, height: item.kernel, width: item.kernel, channels: item.outputs,
      values: exactNumbers(item.inputs * item.kernel * item.kernel * item.outputs, "filters"))
    let bias = item.hasBias ? exactNumbers(item.outputs, "bias") : []
    let reference = TransposedConvolutionReference(
      filters: filters, bias: item.hasBias ? bias : Array(repeating: 0, count: item.outputs),
      stride: item.stride, padding: item.padding, outputPadding: item.outputPadding)
    let x = ReferenceMaps(
      count: 10, height: input.height, width: input.width, channels: item.inputs,
      values: exactNumbers(10 * input.count, "x"))
    let delta = ReferenceMaps(
      count: 10, height: output.height, width: output.width, channels: item.outputs,
      values: exactNumbers(10 * output.count, "delta"))
    var results: [[[Float]]] = []
    for threads in [1, 3] {
      let layer = StandaloneLayer(
        input: input, output: output, capacity: 11, threads: threads,
        passesGradient: item.passesGradient, convolution: item.convolution
      ) { standalone, ports, context in
        CompiledLayer.transposedConvolution(
          spec, ports, weights: standalone.parameter("weight", .weight, filters.values),
          bias: item.hasBias ? standalone.parameter("bias", .bias, bias) : nil, context: context)
      }
      let y = layer.forward(x)
      let gradient = layer.backward(delta)
      results.append([y, gradient] + layer.parameters.map { Array($0.gradient) })
    }
    let expected = reference.backward(x, delta)
    let isPhased = item.convolution == .winograd || item.inputs == 40
    let error = isPhased ? Agreement.errorOfLargest : { Agreement.error($0, $1) }
    #expect(error(results[0][0], reference.forward(x).values) < 1e-4)
    #expect(error(results[0][1], item.passesGradient ? expected.input.values : []) < 1e-4)
    #expect(error(results[0][2], expected.filters.values) < 1e-4)
    if item.hasBias { #expect(Agreement.error(results[0][3], expected.bias) < 1e-5) }
    #expect(results[0] == results[1], "threads change no bits")
  }

  @Test func `the reference's gradients are those of its output`() {
    let filters = ReferenceMaps(
      count: 2, height: 3, width: 3, channels: 2, values: exactNumbers(36, "filters"))
    let reference = TransposedConvolutionReference(
      filters: filters, bias: [0.5, -1], stride: 2, padding: 1, outputPadding: 1)
    let x = ReferenceMaps(
      count: 2, height: 2, width: 2, channels: 2, values: exactNumbers(16, "x"))
    let delta = ReferenceMaps(
      count: 2, height: 4, width: 4, channels: 2, values: exactNumbers(64, "delta"))
    let gradients = reference.backward(x, delta)
    func loss(_ reference: TransposedConvolutionReference, _ x: ReferenceMaps) -> Double {
      zip(reference.forward(x).values, delta.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let input = GradientChecker().check(at: x.values, analytic: gradients.input.values) {
      var moved = x
      moved.values = $0
      return loss(reference, moved)
    }
    #expect(input.isClean, "\(input.mismatches)")
    let weights = GradientChecker().check(at: filters.values, analytic: gradients.filters.values) {
      var moved = reference
      moved.filters.values = $0
      return loss(moved, x)
    }
    #expect(weights.isClean, "\(weights.mismatches)")
    let bias = GradientChecker().check(at: reference.bias, analytic: gradients.bias) {
      var moved = reference
      moved.bias = $0
      return loss(moved, x)
    }
    #expect(bias.isClean, "\(bias.mismatches)")
  }
}
