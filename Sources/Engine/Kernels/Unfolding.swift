/// Copies the windows of some rows of an image's output into a matrix, one window in each of its
/// rows as `[row][column][in]` (im2col); what lies outside the image is zero.
/// - Parameters:
///   - image: the image, channels last, `stride` floats between neighbouring positions.
///   - rows: rows of the output.
///   - columns: room for `rows.count` × the output's width × the patch.
func unfold(
  _ image: UnsafePointer<Float>, stride: Int, _ geometry: ConvolutionGeometry, rows: Range<Int>,
  into columns: UnsafeMutablePointer<Float>
) {
  let channels = geometry.input.channels
  var target = columns
  forEachTap(geometry, rows) { position in
    if let position {
      target.update(from: image + position * stride, count: channels)
    } else {
      target.update(repeating: 0, count: channels)
    }
    target += channels
  }
}

/// Adds every number of a matrix of windows to its place in the image (col2im), the transpose of
/// `unfold`; what lies outside the image is dropped.
func fold(
  _ columns: UnsafePointer<Float>, _ geometry: ConvolutionGeometry, rows: Range<Int>,
  addingTo image: UnsafeMutablePointer<Float>, stride: Int
) {
  let channels = geometry.input.channels
  var source = columns
  forEachTap(geometry, rows) { position in
    if let position {
      let place = image + position * stride
      for channel in 0..<channels { place[channel] += source[channel] }
    }
    source += channels
  }
}

/// Calls `body` with the position in the image of each tap of each window in the given rows of the
/// output; nil where a tap lies in the border.
@inline(__always)
private func forEachTap(
  _ geometry: ConvolutionGeometry, _ rows: Range<Int>, _ body: (Int?) -> Void
) {
  let (height, width) = (geometry.input.height, geometry.input.width)
  for row in rows {
    for column in 0..<geometry.output.width {
      let left = column * geometry.stride - geometry.padding
      for tap in 0..<geometry.kernel {
        let y = row * geometry.stride - geometry.padding + tap
        for x in left..<left + geometry.kernel {
          let isInside = y >= 0 && y < height && x >= 0 && x < width
          body(isInside ? y * width + x : nil)
        }
      }
    }
  }
}
