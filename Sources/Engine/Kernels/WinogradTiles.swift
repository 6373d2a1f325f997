import CBLASShim
import Model

/// The tiles that cover the output maps of a convolution with stride 1, and the products of their
/// transforms. A set of transformed tiles lies as
/// `[point][panel of 16 channels][tile][16]`.
struct WinogradTiles<Filtering: WinogradFiltering> {
  typealias Transform = WinogradTransform<Filtering>

  let input: FeatureShape
  let output: FeatureShape
  let padding: Int
  let filters: WinogradFilters<Filtering>
  /// Tiles for which a set has room.
  let room: Int
  /// Where each tile of a panel starts.
  private let tileOffsets: UnsafePointer<Int32>
  /// Where each input channel of a tile lies.
  private let channelOffsets: UnsafePointer<Int32>

  /// - Parameters:
  ///   - phases: which taps of the filters are not there, if any.
  ///   - room: tiles that are held at once.
  init(
    input: FeatureShape, output: FeatureShape, padding: Int, phases: WinogradPhases?, room: Int,
    arena: Arena
  ) {
    self.input = input
    self.output = output
    self.padding = padding
    self.room = room
    filters = WinogradFilters(
      inputs: input.channels, outputs: output.channels, phases: phases)
    tileOffsets = rowTable(room, arena) { $0 * 16 }
    channelOffsets = rowTable(input.channels, arena) { $0 / 16 * room * 16 + $0 % 16 }
  }

  /// Rows of tiles in an image.
  var rows: Int { Self.tiles(output.height) }
  /// Tiles in a row of tiles.
  var columns: Int { Self.tiles(output.width) }
  /// Tiles of an image.
  var perImage: Int { rows * columns }

  /// Tiles along an extent of outputs.
  static func tiles(_ length: Int) -> Int {
    (length + Transform.outputs - 1) / Transform.outputs
  }

  /// Floats between the points of a set of inputs: not a multiple of a page, so that the numbers
  /// of a tile fall into different places of the cache.
  var inputStep: Int { panels(input.channels) * 16 * room + 16 }
  /// Floats between the points of a set of outputs.
  var outputStep: Int { panels(output.channels) * 16 * room + 16 }
  /// Floats of a set of inputs.
  var inputFloats: Int { Transform.points * inputStep }
  /// Floats of a set of outputs.
  var outputFloats: Int { Transform.points * outputStep }

  /// Where a tile's channels from a multiple of 8 on lie.
  @inline(__always)
  func offset(tile: Int, channel: Int) -> Int {
    ((channel >> 4) * room + tile) * 16 + (channel & 8)
  }

  private func panels(_ channels: Int) -> Int { (channels + 15) / 16 }

  /// Panels between what is transformed and what is brought near meanwhile.
  private static var panelsAhead: Int { 2 }

  /// Begins to bring near what a transform of a tile's channels will need soon, in a set of which each
  /// point is a stretch of memory of its own: too many for the processor to foresee.
  /// - Parameters:
  ///   - step: floats between the points of the set.
  ///   - channels: of the set, padded.
  @inline(__always)
  func prefetch(
    _ set: UnsafePointer<Float>, step: Int, tile: Int, channel: Int, of channels: Int
  ) {
    guard channel & 15 == 0, Transform.points * step > NearMemory.threadFloats else { return }
    let ahead = channel + 16 * Self.panelsAhead
    let place =
      ahead < channels
      ? offset(tile: tile, channel: ahead)
      : offset(tile: min(tile + 1, room - 1), channel: channel % (16 * Self.panelsAhead))
    for point in 0..<Transform.points { regbench_prefetch(set + point &* step + place) }
  }

  /// One point of M = V·U.
  func multiply(
    point: Int, count: Int, _ inputs: UnsafePointer<Float>, _ filterBase: UnsafePointer<Float>,
    to outputs: UnsafeMutablePointer<Float>
  ) {
    product(
      inputs + point * inputStep, channels: filters.inputs(at: point),
      filterBase + point * filters.pointFloats, rows: filters.paddedInputs, count: count,
      to: outputs + point * outputStep, columns: filters.paddedOutputs
    ) { filters.hasOutput($0, at: point) }
  }

  /// One point of dV = dM·Uᵀ.
  func multiplyBack(
    point: Int, count: Int, _ outputs: UnsafePointer<Float>, _ filterBase: UnsafePointer<Float>,
    to inputs: UnsafeMutablePointer<Float>
  ) {
    product(
      outputs + point * outputStep, channels: filters.outputs(at: point),
      filterBase + point * filters.pointFloats, rows: filters.paddedOutputs, count: count,
      to: inputs + point * inputStep, columns: filters.paddedInputs
    ) { filters.hasInput($0, at: point) }
  }

  /// - Parameters:
  ///   - channels: those of A that count.
  ///   - rows: of B.
  ///   - has: whether a panel that begins with this column is other than 0.
  @inline(__always)
  private func product(
    _ a: UnsafePointer<Float>, channels: Range<Int>, _ b: UnsafePointer<Float>, rows: Int,
    count: Int, to c: UnsafeMutablePointer<Float>, columns: Int, has: (Int) -> Bool
  ) {
    let segments = panels(channels.count)
    let a = a + channels.lowerBound * room
    TileProduct.forEachPanel(columns) { start, width in
      guard has(start) else {
        for column in stride(from: start, to: start + width, by: 8) {
          for tile in 0..<count { store(.zero, c + offset(tile: tile, channel: column)) }
        }
        return
      }
      let product = TileProduct(
        a: a, segmentLength: 16, segments: segments, shortfall: segments * 16 - channels.count,
        segmentStride: room * 16, b: b + start * rows + channels.lowerBound * width,
        strideB: width)
      if channels.count <= TileProduct.shortRow {
        product.shortPanel(rows: tileOffsets, count: count, width: width) { tile, column, values in
          store(values, c + offset(tile: tile, channel: start + column))
        }
      } else {
        product.panel(rows: tileOffsets, count: count, width: width) {
          tile, column, values in
          store(values, c + offset(tile: tile, channel: start + column))
        }
      }
    }
  }

  /// One point of dU = Vᵀ·dM, `[in][padded out]`, put or added to its place. What belongs to no tap of
  /// a filter is left as it is.
  func multiplyFilters(
    point: Int, count: Int, _ inputs: UnsafePointer<Float>, _ outputs: UnsafePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>, adds: Bool
  ) {
    let (columns, channels) = (filters.paddedOutputs, filters.inputs(at: point))
    let rows = channelOffsets + channels.lowerBound
    let firstRow = gradient + point * filters.pointFloats + channels.lowerBound * columns
    for start in stride(from: 0, to: columns, by: 16) where filters.hasOutput(start, at: point) {
      let product = TileProduct(
        a: inputs + point * inputStep, step: 16, segmentLength: count,
        b: outputs + point * outputStep + start * room, strideB: 16)
      let target = firstRow + start
      product.panel(
        rows: rows, count: channels.count, width: min(16, columns - start)
      ) { channel, column, values in
        let place = target + channel * columns + column
        store(adds ? load(place) + values : values, place)
      }
    }
  }
}
