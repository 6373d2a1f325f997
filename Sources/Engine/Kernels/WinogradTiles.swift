import Model

/// The tiles of 4 × 4 outputs that cover the maps of a 3×3 convolution with stride 1 and padding 1,
/// and the products of their transforms. A set of transformed tiles lies as
/// `[point][panel of 16 channels][tile][16]`.
struct WinogradTiles {
  let shape: FeatureShape
  let filters: WinogradFilters
  /// Tiles for which a set has room.
  let room: Int
  /// Where each tile of a panel starts.
  private let tileOffsets: UnsafePointer<Int32>
  /// Where each input channel of a tile lies.
  private let channelOffsets: UnsafePointer<Int32>

  /// - Parameters:
  ///   - shape: the input's.
  ///   - room: tiles that are held at once.
  init(_ shape: FeatureShape, outputs: Int, room: Int, arena: Arena) {
    self.shape = shape
    self.room = room
    filters = WinogradFilters(inputs: shape.channels, outputs: outputs)
    tileOffsets = rowTable(room, arena) { $0 * 16 }
    channelOffsets = rowTable(shape.channels, arena) { $0 / 16 * room * 16 + $0 % 16 }
  }

  /// Rows of tiles in an image.
  var rows: Int { Self.tiles(shape.height) }
  /// Tiles in a row of tiles.
  var columns: Int { Self.tiles(shape.width) }
  /// Tiles of an image.
  var perImage: Int { rows * columns }

  static func tiles(_ length: Int) -> Int {
    (length + WinogradTransform.outputs - 1) / WinogradTransform.outputs
  }

  /// Floats between the points of a set of inputs: not a multiple of a page, so that the 36 numbers
  /// of a tile fall into different places of the cache.
  var inputStep: Int { filters.paddedInputs * room + 16 }
  /// Floats between the points of a set of outputs.
  var outputStep: Int { filters.paddedOutputs * room + 16 }
  /// Floats of a set of inputs.
  var inputFloats: Int { WinogradTransform.points * inputStep }
  /// Floats of a set of outputs.
  var outputFloats: Int { WinogradTransform.points * outputStep }

  /// Where a tile's channels from a multiple of 8 on lie.
  @inline(__always)
  func offset(tile: Int, channel: Int) -> Int {
    ((channel >> 4) * room + tile) * 16 + (channel & 8)
  }

  /// One point of M = V·U.
  func multiply(
    point: Int, count: Int, _ inputs: UnsafePointer<Float>, _ filterBase: UnsafePointer<Float>,
    to outputs: UnsafeMutablePointer<Float>
  ) {
    product(
      inputs + point * inputStep, panels: filters.paddedInputs / 16,
      filterBase + point * filters.pointFloats, rows: filters.paddedInputs, count: count,
      to: outputs + point * outputStep, toPanels: filters.paddedOutputs / 16)
  }

  /// One point of dV = dM·Uᵀ.
  func multiplyBack(
    point: Int, count: Int, _ outputs: UnsafePointer<Float>, _ filterBase: UnsafePointer<Float>,
    to inputs: UnsafeMutablePointer<Float>
  ) {
    product(
      outputs + point * outputStep, panels: filters.paddedOutputs / 16,
      filterBase + point * filters.pointFloats, rows: filters.paddedOutputs, count: count,
      to: inputs + point * inputStep, toPanels: filters.paddedInputs / 16)
  }

  @inline(__always)
  private func product(
    _ a: UnsafePointer<Float>, panels: Int, _ b: UnsafePointer<Float>, rows: Int, count: Int,
    to c: UnsafeMutablePointer<Float>, toPanels: Int
  ) {
    for panel in 0..<toPanels {
      let product = TileProduct(
        a: a, segmentLength: 16, segments: panels, segmentStride: room * 16,
        b: b + panel * rows * 16, strideB: 16)
      let target = c + panel * room * 16
      product.panel(rows: tileOffsets, count: count, start: 0, width: 16) { tile, column, values in
        store(values, target + tile * 16 + column)
      }
    }
  }

  /// One point of dU = Vᵀ·dM, `[in][padded out]`, put or added to its place.
  func multiplyFilters(
    point: Int, count: Int, _ inputs: UnsafePointer<Float>, _ outputs: UnsafePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>, adds: Bool
  ) {
    let width = filters.paddedOutputs
    for panel in 0..<width / 16 {
      let product = TileProduct(
        a: inputs + point * inputStep, step: 16, segmentLength: count,
        b: outputs + point * outputStep + panel * room * 16, strideB: 16)
      let target = gradient + point * filters.pointFloats + panel * 16
      product.panel(rows: channelOffsets, count: filters.inputs, start: 0, width: 16) {
        channel, column, values in
        let place = target + channel * width + column
        store(adds ? load(place) + values : values, place)
      }
    }
  }
}
