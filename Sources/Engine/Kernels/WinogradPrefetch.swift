/// Memory brought near before it is needed. Transforms of tiles read and write maps in bursts, between
/// products that need no memory; without this they would wait for each line.
struct WinogradPrefetch {
  private let reads: [FeatureMaps]
  private let writes: [FeatureMaps]

  /// - Parameters:
  ///   - reads: what blocks of tiles read before their products.
  ///   - writes: what they write, or read, behind them.
  ///   - floats: of the maps of a batch.
  init(reads: [FeatureMaps?], writes: [FeatureMaps?], floats: Int) {
    let isNear = floats <= NearMemory.sharedFloats
    self.reads = isNear ? [] : reads.compactMap { $0 }
    self.writes = isNear ? [] : writes.compactMap { $0 }
  }

  /// Begins to bring, while one point's product is made, its share of what the block of these rows of
  /// tiles writes and the next block reads.
  /// - Parameter rows: counted over the samples.
  func bring<Filtering>(
    _ rows: Range<Int>, of samples: Range<Int>, point: Int, _ tiles: WinogradTiles<Filtering>
  ) {
    let end = samples.count * tiles.rows
    for maps in writes { bring(maps, rows, of: samples, point: point, tiles) }
    let next = rows.upperBound..<min(rows.upperBound + rows.count, end)
    for maps in reads { bring(maps, next, of: samples, point: point, tiles) }
  }

  private func bring<Filtering>(
    _ maps: FeatureMaps, _ rows: Range<Int>, of samples: Range<Int>, point: Int,
    _ tiles: WinogradTiles<Filtering>
  ) {
    // Rows of inputs are those of outputs but for the border; of phases there are two in each.
    let extent = Filtering.outputs * max(1, maps.shape.height / tiles.output.height)
    func position(_ row: Int) -> Int {
      (samples.lowerBound + row / tiles.rows) * maps.shape.positions
        + min(maps.shape.height, row % tiles.rows * extent) * maps.shape.width
    }
    let (first, end) = (position(rows.lowerBound), position(rows.upperBound))
    maps.prefetch(first..<end, part: point, of: Filtering.points)
  }
}
