@testable import Engine

/// One batch of rows through `lanes` lanes of a loss.
func measure<Measured: Loss>(
  _ loss: Measured, _ outputs: [Float], _ targets: [Measured.Target], count: Int, lanes: Int
) -> (total: LossMeasurement, gradient: [Float]) {
  var gradient = [Float](repeating: .nan, count: outputs.count)
  gradient.withUnsafeMutableBufferPointer { buffer in
    for lane in 0..<lanes {
      loss.measure(
        lane: lane, samples: lane * count / lanes..<(lane + 1) * count / lanes, count: count,
        outputs: outputs, targets: targets, gradient: buffer.baseAddress)
    }
  }
  return (loss.total, gradient)
}
