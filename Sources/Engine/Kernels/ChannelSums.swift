/// Two sums for each channel, in Double, over the rows of a map (a row is one position's channels).
/// Rows are added in Float in short blocks, and the blocks in Double in their order.
struct ChannelSums {
  /// Rows added in Float at a time.
  private static let block = 64
  /// Columns whose rows are so short that whole columns are read from them one after the other.
  private static let fewColumns = 32

  /// The first sum of each channel, `columns` numbers; the second sums lie behind them.
  let first: UnsafeMutablePointer<Double>
  /// Channels, rounded up to whole vectors. What the padding adds up to is meaningless.
  let columns: Int

  /// The second sum of each channel.
  var second: UnsafeMutablePointer<Double> { first + columns }

  /// Channels rounded up to whole vectors.
  static func padded(_ channels: Int) -> Int { (channels + 7) & ~7 }

  /// Numbers of one lane's sums: both sums, and room for both sums of a block in Float.
  static func count(channels: Int) -> Int { 3 * padded(channels) }

  /// Both sums of a block of rows in Float, one behind the other.
  private var blockSums: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(first + 2 * columns).assumingMemoryBound(to: Float.self)
  }

  /// Sets both sums to 0.
  func clear() { first.update(repeating: 0, count: 2 * columns) }

  /// Fills both sums from `terms(row, column)`, the terms of eight channels.
  @inline(__always)
  func fill(rows: Int, _ terms: (Int, Int) -> (Vector, Vector)) {
    clear()
    add(rows: rows, terms)
  }

  /// Adds the terms of some rows to both sums; `terms` is called once for each row and column.
  @inline(__always)
  func add(rows: Int, _ terms: (Int, Int) -> (Vector, Vector)) {
    for start in stride(from: 0, to: rows, by: Self.block) {
      let end = min(start + Self.block, rows)
      guard columns <= Self.fewColumns else {
        streamed(start, end, terms)
        continue
      }
      var column = 0
      while column + 16 <= columns {
        pair(start, end, column, terms)
        column += 16
      }
      if column < columns { single(start, end, column, terms) }
    }
  }

  /// All channels, row by row: memory is read in its order, which it is much faster at.
  @inline(__always)
  private func streamed(_ start: Int, _ end: Int, _ terms: (Int, Int) -> (Vector, Vector)) {
    let (firsts, seconds) = (blockSums, blockSums + columns)
    firsts.update(repeating: 0, count: 2 * columns)
    for row in start..<end {
      for column in stride(from: 0, to: columns, by: 8) {
        let (a, b) = terms(row, column)
        store(load(firsts + column) + a, firsts + column)
        store(load(seconds + column) + b, seconds + column)
      }
    }
    for column in stride(from: 0, to: columns, by: 8) {
      add(load(firsts + column), load(seconds + column), column)
    }
  }

  /// Sixteen channels: enough independent sums to keep the adders busy.
  @inline(__always)
  private func pair(
    _ start: Int, _ end: Int, _ column: Int, _ terms: (Int, Int) -> (Vector, Vector)
  ) {
    var (a0, b0, a1, b1) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    for row in start..<end {
      let left = terms(row, column)
      let right = terms(row, column + 8)
      a0 += left.0
      b0 += left.1
      a1 += right.0
      b1 += right.1
    }
    add(a0, b0, column)
    add(a1, b1, column + 8)
  }

  /// Eight channels, rows in twos.
  @inline(__always)
  private func single(
    _ start: Int, _ end: Int, _ column: Int, _ terms: (Int, Int) -> (Vector, Vector)
  ) {
    var (a0, b0, a1, b1) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var row = start
    while row + 2 <= end {
      let even = terms(row, column)
      let odd = terms(row + 1, column)
      a0 += even.0
      b0 += even.1
      a1 += odd.0
      b1 += odd.1
      row += 2
    }
    if row < end {
      let last = terms(row, column)
      a0 += last.0
      b0 += last.1
    }
    add(a0 + a1, b0 + b1, column)
  }

  @inline(__always)
  private func add(_ a: Vector, _ b: Vector, _ column: Int) {
    for lane in 0..<8 {
      first[column + lane] += Double(a[lane])
      second[column + lane] += Double(b[lane])
    }
  }
}
