/// means[0 ..< channels] = the mean of each channel over the rows, summed in the rows' order in
/// blocks, so that large maps keep their digits.
func averageRows(
  _ x: ChannelRows, rows: Int, channels: Int, into means: UnsafeMutablePointer<Float>
) {
  let share = 1 / Float(rows)
  for column in stride(from: 0, to: channels, by: 8) {
    var total = Vector.zero
    for start in stride(from: 0, to: rows, by: 64) {
      var sum = Vector.zero
      for row in start..<min(start + 64, rows) { sum += x.vector(row, column) }
      total += sum
    }
    store(total * share, means + column, column: column, of: channels)
  }
}

/// Every row becomes, or grows by, the gradient of the mean divided by the number of rows.
func spreadOverRows(
  _ gradient: UnsafePointer<Float>, rows: Int, channels: Int, into dx: ChannelRows,
  accumulates: Bool
) {
  let share = 1 / Float(rows)
  for row in 0..<rows {
    let target = dx.base + row * dx.stride
    if accumulates {
      for channel in 0..<channels { target[channel] += gradient[channel] * share }
    } else {
      for channel in 0..<channels { target[channel] = gradient[channel] * share }
    }
  }
}
