/// What a convolution's kernels need beside the image at hand.
struct ConvolutionMemory {
  let geometry: ConvolutionGeometry
  /// Filters, `[out][row][column][in]`.
  let weights: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>?
  /// Whether the output passes through max(·, 0).
  let relu: Bool
  /// Whether the result is added to what the output holds.
  let adds: Bool
  let windows: UnsafePointer<Int32>
  let patches: UnsafePointer<Int32>
  let outputs: UnsafePointer<Int32>

  /// Floats of one lane's gradients of filters (`[patch][out, padded]`) and, as a last row, biases.
  var partialCount: Int { (geometry.patch + 1) * geometry.paddedOutputs }
}

/// Filters as the B of the forward product, panel by panel, each panel `[patch][its channels]`: rows
/// that follow each other in memory keep out of each other's place in the cache, which rows of 128
/// or 256 channels would fight for.
func packFilters(_ memory: ConvolutionMemory, _ packed: UnsafeMutablePointer<Float>) {
  let geometry = memory.geometry
  TileProduct.forEachPanel(geometry.output.channels) { start, width in
    let panel = packed + start * geometry.patch
    let channels = min(width, geometry.output.channels - start)
    transpose(
      memory.weights + start * geometry.patch, rows: channels, columns: geometry.patch,
      stride: geometry.patch, panel, toStride: width)
    // No result comes from the padding, but old bits may be numbers that are slow to multiply.
    for row in 0..<geometry.patch {
      for channel in channels..<width { panel[row * width + channel] = 0 }
    }
  }
}

/// The image with its border: itself where there is none, else a copy in `buffer`.
func withBorder(
  _ image: UnsafePointer<Float>, stride: Int, _ geometry: ConvolutionGeometry,
  _ buffer: UnsafeMutablePointer<Float>
) -> UnsafePointer<Float> {
  let channels = geometry.input.channels
  guard geometry.padding > 0 || stride != channels else { return image }
  buffer.update(repeating: 0, count: geometry.paddedCount)
  for y in 0..<geometry.input.height {
    let row =
      buffer + (y + geometry.padding) * geometry.paddedRow + geometry.padding * channels
    let source = image + y * geometry.input.width * stride
    for x in 0..<geometry.input.width {
      (row + x * channels).update(from: source + x * stride, count: channels)
    }
  }
  return UnsafePointer(buffer)
}

/// One image's output: bias and ReLU are added while a tile is still in registers.
func convolve(
  _ image: UnsafePointer<Float>, _ packed: UnsafePointer<Float>,
  _ output: UnsafeMutablePointer<Float>, stride: Int, _ memory: ConvolutionMemory
) {
  let geometry = memory.geometry
  let channels = geometry.output.channels
  let floor = Vector(repeating: memory.relu ? 0 : -.infinity)
  let (bias, adds) = (memory.bias, memory.adds)
  TileProduct.forEachPanel(channels) { start, width in
    let product = TileProduct(
      a: image, segmentLength: geometry.run, segments: geometry.kernel,
      segmentStride: geometry.paddedRow, b: packed + start * geometry.patch, strideB: width)
    product.panel(
      rows: memory.windows, count: geometry.output.positions, start: 0, width: width
    ) { pixel, column, values in
      let channel = start + column
      var sum = values
      if let bias { sum += load(bias + channel) }
      if adds { sum += load(output + pixel * stride + channel) }
      sum = sum.replacing(with: floor, where: sum .< floor)
      store(sum, output + pixel * stride + channel, column: channel, of: channels)
    }
  }
}

/// Adds one image's part (or puts it there, for a lane's first image) of the gradients of filters
/// and biases.
func convolutionWeightGradient(
  _ image: UnsafePointer<Float>, _ delta: UnsafePointer<Float>, stride: Int,
  _ partial: UnsafeMutablePointer<Float>, isFirst: Bool, _ memory: ConvolutionMemory
) {
  let geometry = memory.geometry
  let (channels, width) = (geometry.output.channels, geometry.paddedOutputs)
  let product = TileProduct(
    a: image, step: geometry.stride * geometry.input.channels,
    segmentLength: geometry.output.width, segments: geometry.output.height,
    segmentStride: geometry.stride * geometry.paddedRow, b: delta, strideB: stride)
  product.forEachTile(rows: memory.patches, count: geometry.patch, columns: channels) {
    row, channel, values in
    let target = partial + row * width + channel
    store(isFirst ? values : load(target) + values, target)
  }
  guard memory.bias != nil else { return }
  let sums = partial + geometry.patch * width
  if isFirst { sums.update(repeating: 0, count: width) }
  for pixel in 0..<geometry.output.positions {
    let row = delta + pixel * stride
    for channel in 0..<channels { sums[channel] += row[channel] }
  }
}

/// One image's gradient with border, `[row][column][in]`: the product of δ and the filters is
/// scattered into the windows it belongs to, onto zeros or onto what is there.
func convolutionInputGradient(
  _ delta: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, accumulates: Bool,
  _ memory: ConvolutionMemory
) {
  let geometry = memory.geometry
  if !accumulates { gradient.update(repeating: 0, count: geometry.paddedCount) }
  let windows = memory.windows
  for row in 0..<geometry.kernel {
    let product = TileProduct(
      a: delta, segmentLength: geometry.output.channels,
      b: UnsafePointer(memory.weights + row * geometry.run), strideB: geometry.patch)
    let target = gradient + row * geometry.paddedRow
    product.forEachTile(
      rows: memory.outputs, count: geometry.output.positions, columns: geometry.run
    ) { pixel, column, values in
      let place = target + Int(windows[pixel]) + column
      store(load(place) + values, place, column: column, of: geometry.run)
    }
  }
}

/// The image's gradient without its border, put or added to its place.
func cutBorder(
  _ padded: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, stride: Int,
  accumulates: Bool, _ geometry: ConvolutionGeometry
) {
  let channels = geometry.input.channels
  for y in 0..<geometry.input.height {
    let row =
      padded + (y + geometry.padding) * geometry.paddedRow + geometry.padding * channels
    let target = gradient + y * geometry.input.width * stride
    for x in 0..<geometry.input.width {
      let (place, source) = (target + x * stride, row + x * channels)
      if accumulates {
        for channel in 0..<channels { place[channel] += source[channel] }
      } else {
        place.update(from: source, count: channels)
      }
    }
  }
}

/// Adds up the lanes' gradients in their order and brings filters into the engine's order:
/// filters of eight output channels from `first`.
func reducePartials(
  _ partials: UnsafePointer<Float>, lanes: Int, first: Int, _ memory: ConvolutionMemory,
  weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>?
) {
  let geometry = memory.geometry
  let width = geometry.paddedOutputs
  let channels = min(8, geometry.output.channels - first)
  for row in 0...geometry.patch {
    let column = partials + row * width + first
    var sum = load(column)
    for lane in stride(from: 1, to: lanes, by: 1) {
      sum += load(column + lane * memory.partialCount)
    }
    if row < geometry.patch {
      for channel in 0..<channels {
        weightGradient[(first + channel) * geometry.patch + row] = sum[channel]
      }
    } else if let biasGradient {
      store(sum, biasGradient + first, column: 0, of: channels)
    }
  }
}
