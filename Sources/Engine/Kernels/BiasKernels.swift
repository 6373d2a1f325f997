/// rows[r][0 ..< columns] += bias, then max(·, 0) if asked for; not-a-number stays, so that a
/// diverged network is seen to have diverged.
func addBias(
  _ rows: UnsafeMutablePointer<Float>, count: Int, columns: Int, stride: Int,
  bias: UnsafePointer<Float>?, relu: Bool
) {
  guard bias != nil || relu else { return }
  for row in 0..<count {
    let values = rows + row * stride
    if let bias {
      for column in 0..<columns { values[column] += bias[column] }
    }
    if relu {
      for column in 0..<columns { values[column] = values[column] < 0 ? 0 : values[column] }
    }
  }
}

/// sums[0 ..< columns] = Σ over rows, in the order of the rows.
func sumRows(
  _ rows: UnsafePointer<Float>, count: Int, columns: Int, stride: Int,
  into sums: UnsafeMutablePointer<Float>
) {
  sums.update(repeating: 0, count: columns)
  for row in 0..<count {
    let values = rows + row * stride
    for column in 0..<columns { sums[column] += values[column] }
  }
}

/// sums[0 ..< columns] += Σ over rows, in the order of the rows. For rows so short that their columns
/// can be gone through one after the other.
func addRows(
  _ rows: UnsafePointer<Float>, count: Int, columns: Int, stride: Int,
  to sums: UnsafeMutablePointer<Float>
) {
  for column in Swift.stride(from: 0, to: columns, by: 8) {
    var sum = load(sums + column)
    for row in 0..<count { sum += load(rows + row * stride + column) }
    store(sum, sums + column, column: column, of: columns)
  }
}

/// gradient[r][c] = 0 where output[r][c] is not above 0: the backward pass of a fused ReLU.
func maskByOutput(
  _ gradient: UnsafeMutablePointer<Float>, _ output: UnsafePointer<Float>, count: Int,
  columns: Int, stride: Int, outputStride: Int? = nil
) {
  let outputStride = outputStride ?? stride
  let isGapless = columns == stride && columns == outputStride
  let (runs, length) = isGapless ? (min(count, 1), count * columns) : (count, columns)
  for run in 0..<runs {
    let g = gradient + run * stride
    reluBackward(output + run * outputStride, g, g, length)
  }
}
