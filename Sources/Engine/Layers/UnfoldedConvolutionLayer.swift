import Model

extension CompiledLayer {
  /// A convolution by im2col: bands of windows are copied into a matrix that fits the cache, and one
  /// matrix product makes a band's output. Any kernel, stride, padding and number of groups; both
  /// ends may be slices of wider maps. The general path, which others are compared with.
  /// - Parameters:
  ///   - relu: whether max(·, 0) follows.
  ///   - adds: whether the result is added to what the output holds.
  static func unfoldedConvolution(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    relu: Bool, adds: Bool = false, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "UnfoldedConvolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    let geometry = ConvolutionGeometry(spec, input: ports.input.shape, output: ports.output.shape)
    let outputs = geometry.output.channels
    let product = UnfoldedProduct(
      ports: ports, geometry: geometry, weights: weights.base, bias: bias?.base, relu: relu,
      adds: adds)
    context.needScratch(product.band * geometry.output.width * geometry.patch)
    let (lanes, groups) = (context.lanes.count, spec.groups)
    // Of each group: the filters' gradients, then the biases'.
    let partials = (0..<groups).map { _ in
      LaneSums(outputs * (geometry.patch + 1), lanes: lanes, arena: context.arena)
    }

    layer.forward = [
      Stage(.lanes) { part, _ in
        for group in 0..<groups { product.forward(part, group) }
      }
    ]
    layer.backward = [
      Stage(.lanes) { part, _ in
        for group in 0..<groups {
          product.backward(part, group, partials[group].lane(part.index))
        }
      }
    ]
    let (dw, db) = (weights.gradientBase, bias?.gradientBase)
    let filters = outputs * geometry.patch
    layer.reduction = [
      Stage(.blocks(partials[0].parts * groups)) { part, _ in
        let (group, block) = part.index.quotientAndRemainder(dividingBy: partials[0].parts)
        partials[group].reduce(part: block) { index, sum in
          if index < filters {
            dw[group * filters + index] = sum
          } else {
            db?[group * outputs + index - filters] = sum
          }
        }
      }
    ]
    return layer
  }
}

/// The products of a convolution by im2col, group by group.
private struct UnfoldedProduct {
  /// Floats of a band of windows: half of a usual second-level cache, beside filters and output.
  private static let bandFloats = 128 * 1024

  let ports: LayerPorts
  /// Of one group.
  let geometry: ConvolutionGeometry
  let weights: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>?
  let relu: Bool
  let adds: Bool

  /// Rows of the output whose windows are unfolded at once.
  var band: Int {
    let row = max(1, geometry.output.width * geometry.patch)
    return max(1, min(geometry.output.height, Self.bandFloats / row))
  }

  func forward(_ part: Part, _ group: Int) {
    let (channels, patch) = (geometry.output.channels, geometry.patch)
    let filters = weights + group * channels * patch
    let columns = part.scratch
    for sample in part.samples {
      let image = ports.input.sample(sample) + group * geometry.input.channels
      let output = ports.output.sample(sample) + group * channels
      forEachBand { rows, first, count in
        unfold(image, stride: ports.input.stride, geometry, rows: rows, into: columns)
        let y = output + first * ports.output.stride
        Matrix.timesTransposed(
          y, ldc: ports.output.stride, columns, lda: patch, filters, ldb: patch, m: count,
          n: channels, k: patch, beta: adds ? 1 : 0)
        addBias(
          y, count: count, columns: channels, stride: ports.output.stride,
          bias: bias.map { UnsafePointer($0 + group * channels) }, relu: relu)
      }
    }
  }

  /// - Parameter partial: one lane's gradients of a group's filters, `[out][patch]`, then biases.
  func backward(_ part: Part, _ group: Int, _ partial: UnsafeMutablePointer<Float>) {
    let (channels, patch) = (geometry.output.channels, geometry.patch)
    let filters = weights + group * channels * patch
    let biasSums = partial + channels * patch
    let columns = part.scratch
    let stride = ports.outputGradient.stride
    partial.update(repeating: 0, count: channels * (patch + 1))
    for sample in part.samples {
      let image = ports.input.sample(sample) + group * geometry.input.channels
      let delta = ports.outputGradient.sample(sample) + group * channels
      if relu {
        maskByOutput(
          delta, ports.output.sample(sample) + group * channels, count: geometry.output.positions,
          columns: channels, stride: stride, outputStride: ports.output.stride)
      }
      if bias != nil {
        for position in 0..<geometry.output.positions {
          let row = delta + position * stride
          for channel in 0..<channels { biasSums[channel] += row[channel] }
        }
      }
      let target = ports.inputGradient.map {
        $0.sample(sample) + group * geometry.input.channels
      }
      if let target, !ports.accumulates { clear(target) }
      forEachBand { rows, first, count in
        let dy = delta + first * stride
        unfold(image, stride: ports.input.stride, geometry, rows: rows, into: columns)
        Matrix.transposedTimes(
          partial, ldc: patch, dy, lda: stride, columns, ldb: patch, m: channels, n: patch,
          k: count, beta: 1)
        guard let target, let gradient = ports.inputGradient else { return }
        Matrix.times(
          columns, ldc: patch, dy, lda: stride, filters, ldb: patch, m: count, n: patch,
          k: channels)
        fold(columns, geometry, rows: rows, addingTo: target, stride: gradient.stride)
      }
    }
  }

  /// Zeros a group's channels of one sample's gradient.
  private func clear(_ target: UnsafeMutablePointer<Float>) {
    guard let gradient = ports.inputGradient else { return }
    for position in 0..<geometry.input.positions {
      (target + position * gradient.stride).update(
        repeating: 0, count: geometry.input.channels)
    }
  }

  /// Calls `body` with each band's rows, first position and number of positions.
  private func forEachBand(_ body: (Range<Int>, Int, Int) -> Void) {
    let (height, width, band) = (geometry.output.height, geometry.output.width, band)
    for first in stride(from: 0, to: height, by: band) {
      let rows = first..<min(first + band, height)
      body(rows, first * width, rows.count * width)
    }
  }
}
