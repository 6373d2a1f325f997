/// The rows of an image as a convolution counts them: each is one of the map, or holds two of them as
/// phases side by side (`MapPhases`), even columns before odd ones and of each the even row before the
/// odd one.
enum MapRows {
  case single, phased

  /// Calls `body` with each row of the map, where it begins in a row of the convolution, and the floats
  /// between its positions there.
  @inline(__always)
  func forEach(
    in y: Int, channels: Int, columnStride: Int,
    _ body: (_ y: Int, _ start: Int, _ step: Int) -> Void
  ) {
    switch self {
    case .single: body(y, 0, columnStride)
    case .phased:
      for part in 0..<2 { body(2 * y + part, part * channels, columnStride / 2) }
    }
  }
}
