/// Between maps and transformed tiles: bands of image rows, channels padded to whole vectors.
struct WinogradBands<Filtering: WinogradFiltering> {
  typealias Tiles = WinogradTiles<Filtering>
  private typealias Transform = WinogradTransform<Filtering>

  let tiles: Tiles
  /// Room for one transform.
  let room: UnsafeMutablePointer<Float>
  /// As many rows of inputs as a tile reads, as many of their gradients, and as many of the outputs'
  /// gradients as a tile has. Each keeps what
  /// the next row of tiles shares with the last one, also where a block of tiles ends between them.
  private let inputBand: UnsafeMutablePointer<Float>
  private let gradientBand: UnsafeMutablePointer<Float>
  private let deltaBand: UnsafeMutablePointer<Float>

  /// Floats of `room` and the bands together.
  static func floats(_ tiles: Tiles) -> Int {
    Transform.roomFloats + 2 * inputFloats(tiles)
      + Transform.outputs * Transform.outputs * tiles.columns * tiles.filters.paddedOutputs
  }

  private static func inputFloats(_ tiles: Tiles) -> Int {
    Transform.inputs * width(tiles) * tiles.filters.paddedInputs
  }

  init(_ tiles: Tiles, scratch: UnsafeMutablePointer<Float>) {
    self.tiles = tiles
    room = scratch
    inputBand = scratch + Transform.roomFloats
    gradientBand = inputBand + Self.inputFloats(tiles)
    deltaBand = gradientBand + Self.inputFloats(tiles)
  }

  /// Positions of a row of inputs with its border.
  private static func width(_ tiles: Tiles) -> Int {
    Transform.outputs * tiles.columns + Self.overlap
  }

  /// Rows and columns of inputs that neighbouring tiles share.
  private static var overlap: Int { Transform.kernel - 1 }

  /// Transforms the inputs of a row of tiles, to the tiles from `first` on.
  func takeInputs(
    _ source: MapSource, _ sample: Int, row: Int, first: Int,
    to inputs: UnsafeMutablePointer<Float>
  ) {
    let (channels, band) = (tiles.filters.paddedInputs, inputBand)
    let (line, rows, outputs) = (Self.width(tiles) * channels, Transform.inputs, Transform.outputs)
    // The last rows of the tiles above are the first of these.
    let kept = row > 0 ? Self.overlap : 0
    if kept > 0 {
      band.update(from: band + outputs * line, count: kept * line)
    } else {
      band.update(repeating: 0, count: rows * line)
    }
    for index in kept..<rows {
      let y = outputs * row + index - tiles.padding
      let target = band + index * line
      if y >= 0, y < tiles.input.height {
        source.copyRow(sample, y, to: target + tiles.padding * channels, columnStride: channels)
      } else {
        target.update(repeating: 0, count: line)
      }
    }
    let step = tiles.inputStep
    for tile in 0..<tiles.columns {
      for channel in stride(from: 0, to: channels, by: 8) {
        tiles.prefetch(inputs, step: step, tile: first + tile, channel: channel, of: channels)
        Transform.input(
          band + outputs * tile * channels + channel, row: line, column: channels, room: room,
          to: inputs + tiles.offset(tile: first + tile, channel: channel), step: step)
      }
    }
  }

  /// Transforms the outputs' gradients of a row of tiles, and adds them to a lane's bias sums.
  func takeDeltas(
    _ source: DeltaSource, _ sample: Int, row: Int, first: Int,
    to outputs: UnsafeMutablePointer<Float>, _ bias: BiasSums?, lane: Int
  ) {
    let (channels, band) = (tiles.filters.paddedOutputs, deltaBand)
    let extent = Transform.outputs
    let line = extent * tiles.columns * channels
    if row == 0 { band.update(repeating: 0, count: extent * line) }
    for index in 0..<extent {
      let (y, target) = (extent * row + index, band + index * line)
      if y < tiles.output.height {
        source.copyRow(sample, y, to: target, columnStride: channels)
        bias?.add(
          lane: lane, target, positions: tiles.output.width, columnStride: channels)
      } else {
        target.update(repeating: 0, count: line)
      }
    }
    let step = tiles.outputStep
    for tile in 0..<tiles.columns {
      for channel in stride(from: 0, to: channels, by: 8) {
        tiles.prefetch(outputs, step: step, tile: first + tile, channel: channel, of: channels)
        Transform.outputAdjoint(
          band + extent * tile * channels + channel, row: line, column: channels, room: room,
          to: outputs + tiles.offset(tile: first + tile, channel: channel), step: step)
      }
    }
  }

  /// Writes the outputs of a row of tiles into their map, with bias and ReLU.
  func putOutputs(
    _ outputs: UnsafePointer<Float>, first: Int, _ sample: Int, row: Int, to target: WinogradTarget,
    _ ending: ConvolutionEnding
  ) {
    let (channels, step) = (tiles.filters.outputs, tiles.outputStep)
    let (extent, rowStep, columnStep) = (Transform.outputs, target.rowStep, target.columnStep)
    let base = target.maps.sample(sample) + extent * row * rowStep
    let (rows, width) = (tiles.output.height - extent * row, tiles.output.width)
    for tile in 0..<tiles.columns {
      let columns = width - extent * tile
      for channel in stride(from: 0, to: channels, by: 8) {
        let (offset, own) = target.place(channel)
        let bias = ending.bias.map { load($0 + own) } ?? .zero
        let place = base + extent * tile * columnStep + offset
        let source = outputs + tiles.offset(tile: first + tile, channel: channel)
        tiles.prefetch(
          outputs, step: step, tile: first + tile, channel: channel,
          of: tiles.filters.paddedOutputs)
        // Most tiles lie wholly inside the map; those need no test for each number.
        if rows >= extent, columns >= extent, channel + 8 <= channels {
          Transform.output(source, step: step, room: room) { y, x, values in
            let target = place + (y &* rowStep &+ x &* columnStep)
            store(ending.finished(values + bias, target), target)
          }
        } else {
          Transform.output(source, step: step, room: room) { y, x, values in
            guard y < rows, x < columns else { return }
            let target = place + y * rowStep + x * columnStep
            store(ending.finished(values + bias, target), target, column: channel, of: channels)
          }
        }
      }
    }
  }

  /// Adds the inputs' gradients of a row of tiles to the band, and hands out the rows that no other
  /// tile adds to. Rows of tiles must come in their order, image by image.
  func putInputGradients(
    _ inputs: UnsafePointer<Float>, first: Int, _ sample: Int, row: Int, to sink: GradientSink
  ) {
    let (channels, band) = (tiles.filters.paddedInputs, gradientBand)
    let (line, rows, outputs) = (Self.width(tiles) * channels, Transform.inputs, Transform.outputs)
    if row == 0 {
      band.update(repeating: 0, count: rows * line)
    } else {
      band.update(from: band + outputs * line, count: Self.overlap * line)
      (band + Self.overlap * line).update(repeating: 0, count: outputs * line)
    }
    let step = tiles.inputStep
    for tile in 0..<tiles.columns {
      for channel in stride(from: 0, to: channels, by: 8) {
        tiles.prefetch(inputs, step: step, tile: first + tile, channel: channel, of: channels)
        Transform.addInputAdjoint(
          inputs + tiles.offset(tile: first + tile, channel: channel), step: step, room: room,
          to: band + outputs * tile * channels + channel, row: line, column: channels)
      }
    }
    let isLast = row == tiles.rows - 1
    for index in 0..<(isLast ? rows : outputs) {
      let y = outputs * row + index - tiles.padding
      guard y >= 0, y < tiles.input.height else { continue }
      sink.takeRow(
        sample, y, band + index * line + tiles.padding * channels, columnStride: channels)
    }
  }
}

/// Where outputs go: a map, or one of twice the height and width whose phases they are.
struct WinogradTarget {
  let maps: FeatureMaps
  let rows: MapRows

  private var step: Int {
    switch rows {
    case .single: 1
    case .phased: 2
    }
  }

  /// Floats between neighbouring rows of outputs.
  var rowStep: Int { step * maps.shape.width * maps.stride }
  /// Floats between neighbouring columns of outputs.
  var columnStep: Int { step * maps.stride }

  /// Where a channel lies from its position on, and which channel of the map it is.
  @inline(__always)
  func place(_ channel: Int) -> (offset: Int, own: Int) {
    switch rows {
    case .single: return (channel, channel)
    case .phased:
      let (phase, own) = channel.quotientAndRemainder(dividingBy: maps.shape.channels)
      return (((phase & 1) * maps.shape.width + (phase >> 1)) * maps.stride + own, own)
    }
  }
}
