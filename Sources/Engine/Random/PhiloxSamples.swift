import Model

extension PhiloxLanes {
  /// Calls `body` with every eight neighbouring units of a sample, the last ones padded, and their
  /// random bits. A sample's bits start at a whole group, so they depend on its place in the batch
  /// and on the number of units alone.
  @inline(__always)
  func forEachVector(
    ofSample sample: Int, units: Int, _ body: (_ unit: Int, _ bits: SIMD8<UInt32>) -> Void
  ) {
    let first = sample * Self.groups(covering: units)
    let whole = units / Self.groupSize
    for index in 0..<whole {
      let bits = group(first + index)
      let unit = index * Self.groupSize
      body(unit, bits.0)
      body(unit + 8, bits.1)
      body(unit + 16, bits.2)
      body(unit + 24, bits.3)
    }
    let start = whole * Self.groupSize
    guard start < units else { return }
    let bits = group(first + whole)
    body(start, bits.0)
    if start + 8 < units { body(start + 8, bits.1) }
    if start + 16 < units { body(start + 16, bits.2) }
    if start + 24 < units { body(start + 24, bits.3) }
  }
}
