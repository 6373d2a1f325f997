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

/// Filters as the B of the forward product, panel by panel, each panel `[patch][its channels]`.
func packFilters(_ memory: ConvolutionMemory, _ packed: UnsafeMutablePointer<Float>) {
  let geometry = memory.geometry
  TileProduct.packTransposed(
    memory.weights, rows: geometry.output.channels, columns: geometry.patch,
    stride: geometry.patch, packed)
}

/// Filters turned around as the B of the product that leads from the output's gradient to the
/// input's, panel by panel like `packFilters`: a row for each tap and output channel, a column for
/// each input channel.
func packAdjointFilters(
  _ memory: ConvolutionMemory, _ adjoint: ConvolutionGeometry,
  _ packed: UnsafeMutablePointer<Float>
) {
  let geometry = memory.geometry
  let taps = geometry.kernel * geometry.kernel
  let (inputs, outputs) = (geometry.input.channels, geometry.output.channels)
  TileProduct.forEachPanel(inputs) { start, width in
    let panel = packed + start * adjoint.patch
    let channels = min(width, inputs - start)
    for tap in 0..<taps {
      for output in 0..<outputs {
        let row = panel + (tap * outputs + output) * width
        let source = memory.weights + output * geometry.patch + (taps - 1 - tap) * inputs + start
        row.update(from: source, count: channels)
        for channel in channels..<width { row[channel] = 0 }
      }
    }
  }
}

/// The image with its border: itself where it can be read as it lies, else a copy in `buffer`.
func withBorder(
  _ source: MapSource, _ sample: Int, _ geometry: ConvolutionGeometry,
  _ buffer: UnsafeMutablePointer<Float>
) -> UnsafePointer<Float> {
  let channels = geometry.input.channels
  if source.isPlain, geometry.padding == 0, source.maps.stride == channels {
    return UnsafePointer(source.maps.sample(sample))
  }
  if geometry.padding > 0 { buffer.update(repeating: 0, count: geometry.paddedCount) }
  for y in 0..<geometry.input.height {
    let row = buffer + (y + geometry.padding) * geometry.paddedRow + geometry.padding * channels
    source.copyRow(sample, y, to: row, columnStride: channels)
  }
  return UnsafePointer(buffer)
}

/// An image that lies in panels as `TileProduct.pack` leaves them, with the border of a convolution of it, in `buffer`.
func withPanelBorder(
  _ panels: UnsafePointer<Float>, _ geometry: ConvolutionGeometry,
  _ buffer: UnsafeMutablePointer<Float>
) -> UnsafePointer<Float> {
  let (channels, shape) = (geometry.input.channels, geometry.input)
  if geometry.padding > 0 { buffer.update(repeating: 0, count: geometry.paddedCount) }
  TileProduct.forEachPanel(channels) { start, width in
    let (panel, count) = (panels + start * shape.positions, min(width, channels - start))
    for y in 0..<shape.height {
      let row =
        buffer + (y + geometry.padding) * geometry.paddedRow + geometry.padding * channels + start
      let source = panel + y * shape.width * width
      for x in 0..<shape.width {
        (row + x * channels).update(from: source + x * width, count: count)
      }
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
  // What is written over a pixel's last channel belongs to the next ones, which come later, unless
  // there are more panels.
  let spillingPixels =
    stride == channels && !adds && TileProduct.panelCount(channels) == 1
    ? geometry.output.spillingPositions : 0
  TileProduct.forEachPanel(channels) { start, width in
    let product = TileProduct(
      a: image, segmentLength: geometry.run, segments: geometry.kernel,
      segmentStride: geometry.paddedRow, b: packed + start * geometry.patch, strideB: width)
    @inline(__always)
    func put(_ pixel: Int, _ column: Int, _ values: Vector) {
      let channel = start + column
      var sum = values
      if let bias { sum += load(bias + channel) }
      if adds { sum += load(output + pixel * stride + channel) }
      sum = sum.replacing(with: floor, where: sum .< floor)
      store(
        sum, output + pixel * stride + channel, column: channel, of: channels,
        spills: pixel < spillingPixels)
    }
    product.panel(
      rows: memory.windows, count: geometry.output.positions, width: width, put)
  }
}

/// Adds one image's part (or puts it there, for a lane's first image) of the gradients of filters
/// and biases. The output's gradient is brought into panels of channels first, which it leaves
/// behind, and summed up in bands of rows that fit the first-level cache.
func convolutionWeightGradient(
  _ image: UnsafePointer<Float>, _ delta: UnsafePointer<Float>, stride: Int,
  panels: UnsafeMutablePointer<Float>, _ partial: UnsafeMutablePointer<Float>, isFirst: Bool,
  _ memory: ConvolutionMemory
) {
  let geometry = memory.geometry
  let (channels, width) = (geometry.output.channels, geometry.paddedOutputs)
  let (positions, columns) = (geometry.output.positions, geometry.output.width)
  TileProduct.pack(delta, rows: positions, columns: channels, stride: stride, panels)
  // 128 positions: 8 KB of a panel, and as much of the image.
  let band = max(1, 128 / columns)
  for first in Swift.stride(from: 0, to: geometry.output.height, by: band) {
    let rows = min(band, geometry.output.height - first)
    let puts = isFirst && first == 0
    TileProduct.forEachPanel(channels) { start, panelWidth in
      let product = TileProduct(
        a: image + first * geometry.stride * geometry.paddedRow,
        step: geometry.stride * geometry.input.channels, segmentLength: columns, segments: rows,
        segmentStride: geometry.stride * geometry.paddedRow,
        b: panels + start * positions + first * columns * panelWidth, strideB: panelWidth)
      product.panel(
        rows: memory.patches, count: geometry.patch, width: panelWidth
      ) { row, column, values in
        let target = partial + row * width + start + column
        store(puts ? values : load(target) + values, target)
      }
    }
  }
  guard memory.bias != nil else { return }
  let sums = partial + geometry.patch * width
  if isFirst { sums.update(repeating: 0, count: width) }
  addRows(delta, count: positions, columns: channels, stride: stride, to: sums)
}

/// Filters as the B of the product that scatters the output's gradient, for each row of taps panel by
/// panel: a row for each output channel, a column for each tap and input channel of the row.
func packScatteringFilters(_ memory: ConvolutionMemory, _ packed: UnsafeMutablePointer<Float>) {
  let geometry = memory.geometry
  let outputs = geometry.output.channels
  for tapRow in 0..<geometry.kernel {
    let weights = memory.weights + tapRow * geometry.run
    TileProduct.forEachPanel(geometry.run) { start, width in
      let panel = packed + (tapRow * geometry.paddedRun + start) * outputs
      let columns = min(width, geometry.run - start)
      for output in 0..<outputs {
        let row = panel + output * width
        row.update(from: weights + output * geometry.patch + start, count: columns)
        for column in columns..<width { row[column] = 0 }
      }
    }
  }
}

/// One image's gradient with border, `[row][column][in]`: the product of δ and the filters is
/// scattered into the windows it belongs to.
func convolutionInputGradient(
  _ delta: UnsafePointer<Float>, _ packed: UnsafePointer<Float>,
  _ gradient: UnsafeMutablePointer<Float>, _ memory: ConvolutionMemory
) {
  let geometry = memory.geometry
  let outputs = geometry.output.channels
  gradient.update(repeating: 0, count: geometry.paddedCount)
  let windows = memory.windows
  for tapRow in 0..<geometry.kernel {
    let target = gradient + tapRow * geometry.paddedRow
    TileProduct.forEachPanel(geometry.run) { start, width in
      let product = TileProduct(
        a: delta, segmentLength: outputs,
        b: packed + (tapRow * geometry.paddedRun + start) * outputs, strideB: width)
      product.panel(
        rows: memory.outputs, count: geometry.output.positions, width: width
      ) { pixel, column, values in
        let place = target + Int(windows[pixel]) + start + column
        store(load(place) + values, place, column: start + column, of: geometry.run)
      }
    }
  }
}

/// Hands out the rows of an image's gradient without its border.
func cutBorder(
  _ padded: UnsafePointer<Float>, _ geometry: ConvolutionGeometry,
  _ take: (Int, UnsafePointer<Float>) -> Void
) {
  let inset = geometry.padding * (geometry.paddedRow + geometry.input.channels)
  for y in 0..<geometry.input.height { take(y, padded + inset + y * geometry.paddedRow) }
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
