/// Shuffles that depend on nothing but their stream.
package enum Permutation {
  /// A uniform permutation of 0 ..< `count`, by Fisher and Yates from the end, with one block of
  /// the stream for each element and rejection against bias.
  package static func random(count: Int, stream: RandomStream, position: UInt64) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    for last in stride(from: count - 1, through: 1, by: -1) {
      let pick = uniform(
        below: UInt32(last + 1), stream.block(position: position, index: UInt32(last)))
      order.swapAt(last, Int(pick))
    }
    return order
  }

  /// A number below `bound`, from the first word of the block that is not in the biased tail; the
  /// chance that all four are is below 2⁻⁴⁴ for sets of a million, and then the last one is folded.
  package static func uniform(below bound: UInt32, _ words: SIMD4<UInt32>) -> UInt32 {
    let tail = (0 &- bound) % bound
    for lane in 0..<4 {
      let product = words[lane].multipliedFullWidth(by: bound)
      if product.low >= tail { return product.high }
    }
    return words[3] % bound
  }
}
