import Model

/// Reproducible numbers for tests, addressed by a name.
package enum TestNumbers {
  /// `count` numbers, uniform in the range.
  package static func uniform(
    _ count: Int, _ name: String, in range: ClosedRange<Double> = -1...1
  ) -> [Double] {
    let stream = RandomRoot(seed: 20_260_101, trial: 0).stream(.synthesis, name)
    return (0..<count).map { index in
      let bits = stream.block(position: 0, index: UInt32(index))[0]
      return range.lowerBound
        + Double(RandomBits.uniform(bits)) * (range.upperBound - range.lowerBound)
    }
  }

  /// A matrix of such numbers.
  package static func matrix(
    _ rows: Int, _ columns: Int, _ name: String, in range: ClosedRange<Double> = -1...1
  ) -> ReferenceMatrix {
    ReferenceMatrix(
      rows: rows, columns: columns, values: uniform(rows * columns, name, in: range))
  }

  /// Numbers that differ by at least `gap`, in random order, and stay `gap`/2 away from 0: no two
  /// of them tie in a maximum and none sits on a kink at 0.
  package static func distinct(_ count: Int, _ name: String, gap: Double = 0.05) -> [Double] {
    let stream = RandomRoot(seed: 20_260_101, trial: 0).stream(.synthesis, name)
    let order = Permutation.random(count: count, stream: stream, position: 1)
    return order.map { (Double($0) - Double(count / 2) + 0.5) * gap }
  }
}
