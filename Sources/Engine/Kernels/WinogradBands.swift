/// Between maps and transformed tiles: bands of image rows, channels padded to whole panels.
struct WinogradBands {
  let tiles: WinogradTiles
  /// Room for one transform.
  let room: UnsafeMutablePointer<Float>
  /// Six rows of inputs, six of their gradients and four of the outputs' gradients. Each keeps what
  /// the next row of tiles shares with the last one, also where a block of tiles ends between them.
  private let inputBand: UnsafeMutablePointer<Float>
  private let gradientBand: UnsafeMutablePointer<Float>
  private let deltaBand: UnsafeMutablePointer<Float>

  /// Floats of `room` and the bands together.
  static func floats(_ tiles: WinogradTiles) -> Int {
    WinogradTransform.roomFloats + 2 * inputFloats(tiles)
      + 16 * tiles.columns * tiles.filters.paddedOutputs
  }

  private static func inputFloats(_ tiles: WinogradTiles) -> Int {
    6 * (4 * tiles.columns + 2) * tiles.filters.paddedInputs
  }

  init(_ tiles: WinogradTiles, scratch: UnsafeMutablePointer<Float>) {
    self.tiles = tiles
    room = scratch
    inputBand = scratch + WinogradTransform.roomFloats
    gradientBand = inputBand + Self.inputFloats(tiles)
    deltaBand = gradientBand + Self.inputFloats(tiles)
  }

  private var shape: (height: Int, width: Int) { (tiles.shape.height, tiles.shape.width) }

  /// Transforms the inputs of a row of tiles, to the tiles from `first` on.
  func takeInputs(
    _ source: MapSource, _ sample: Int, row: Int, first: Int,
    to inputs: UnsafeMutablePointer<Float>
  ) {
    let (channels, band) = (tiles.filters.paddedInputs, inputBand)
    let line = (4 * tiles.columns + 2) * channels
    // The last two rows of the tiles above are the first two of these.
    let kept = row > 0 ? 2 : 0
    if kept > 0 {
      band.update(from: band + 4 * line, count: 2 * line)
    } else {
      band.update(repeating: 0, count: 6 * line)
    }
    for index in kept..<6 {
      let y = 4 * row + index - 1
      let target = band + index * line
      if y >= 0, y < shape.height {
        source.copyRow(sample, y, to: target + channels, columnStride: channels)
      } else {
        target.update(repeating: 0, count: line)
      }
    }
    let step = tiles.inputStep
    for tile in 0..<tiles.columns {
      for channel in stride(from: 0, to: channels, by: 8) {
        WinogradTransform.input(
          band + 4 * tile * channels + channel, row: line, column: channels, room: room,
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
    let line = 4 * tiles.columns * channels
    if row == 0 { band.update(repeating: 0, count: 4 * line) }
    for index in 0..<4 {
      let (y, target) = (4 * row + index, band + index * line)
      if y < shape.height {
        source.copyRow(sample, y, to: target, columnStride: channels)
        bias?.add(lane: lane, target, positions: shape.width, columnStride: channels)
      } else {
        target.update(repeating: 0, count: line)
      }
    }
    let step = tiles.outputStep
    for tile in 0..<tiles.columns {
      for channel in stride(from: 0, to: channels, by: 8) {
        WinogradTransform.outputAdjoint(
          band + 4 * tile * channels + channel, row: line, column: channels, room: room,
          to: outputs + tiles.offset(tile: first + tile, channel: channel), step: step)
      }
    }
  }

  /// Writes the outputs of a row of tiles into their map, with bias and ReLU.
  func putOutputs(
    _ outputs: UnsafePointer<Float>, first: Int, _ sample: Int, row: Int, to maps: FeatureMaps,
    _ ending: ConvolutionEnding
  ) {
    let (channels, step) = (tiles.filters.outputs, tiles.outputStep)
    let base = maps.sample(sample) + 4 * row * shape.width * maps.stride
    let rows = shape.height - 4 * row
    for tile in 0..<tiles.columns {
      let columns = shape.width - 4 * tile
      for channel in stride(from: 0, to: channels, by: 8) {
        let bias = ending.bias.map { load($0 + channel) } ?? .zero
        let place = base + 4 * tile * maps.stride + channel
        WinogradTransform.output(
          outputs + tiles.offset(tile: first + tile, channel: channel), step: step, room: room
        ) { y, x, values in
          guard y < rows, x < columns else { return }
          let target = place + (y * shape.width + x) * maps.stride
          store(ending.finished(values + bias, target), target, column: channel, of: channels)
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
    let line = (4 * tiles.columns + 2) * channels
    if row == 0 {
      band.update(repeating: 0, count: 6 * line)
    } else {
      band.update(from: band + 4 * line, count: 2 * line)
      (band + 2 * line).update(repeating: 0, count: 4 * line)
    }
    let step = tiles.inputStep
    for tile in 0..<tiles.columns {
      for channel in stride(from: 0, to: channels, by: 8) {
        WinogradTransform.addInputAdjoint(
          inputs + tiles.offset(tile: first + tile, channel: channel), step: step, room: room,
          to: band + 4 * tile * channels + channel, row: line, column: channels)
      }
    }
    let isLast = row == tiles.rows - 1
    for index in 0..<(isLast ? 6 : 4) {
      let y = 4 * row + index - 1
      guard y >= 0, y < shape.height else { continue }
      sink.takeRow(sample, y, band + index * line + channels, columnStride: channels)
    }
  }
}
