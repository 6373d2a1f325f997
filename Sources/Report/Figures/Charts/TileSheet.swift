import Study

/// Small pictures side by side: the weights of hidden units.
struct TileSheet {
  var title: String
  /// All of one size.
  var tiles: [FilterImage]
  /// Sentences below.
  var notes: [String] = []

  /// At most so many are shown.
  static let limit = 100
  private static let left = 10.0

  /// The document.
  var svg: String {
    let shown = Array(tiles.prefix(Self.limit))
    let frame = FigureFrame(
      title: title,
      description: "\(shown.count) pictures, one of each hidden unit's incoming weights.",
      notes: notes)
    guard let first = shown.first else { return frame.svg(height: 0, "") }
    let across = min(shown.count, 10)
    let down = (shown.count + across - 1) / across
    let (stepX, stepY) = (first.width + 2, first.height + 2)
    var image = GreyImage(width: across * stepX - 2, height: down * stepY - 2, grey: 255)
    for (index, tile) in shown.enumerated() where tile.width == first.width {
      image.put(
        tile.pixels, width: tile.width, row: index / across * stepY,
        column: index % across * stepX)
    }
    let width = FigureStyle.width - 2 * Self.left
    let height = width * Double(image.height) / Double(image.width)
    let pixel = width / Double(image.width)
    // What lies between the pictures has the colour of the page, which pixels cannot know; a little
    // more, so that no edge of them shows.
    let columns = (1..<across).map { column in
      let x = Self.left + pixel * Double(column * stepX - 1)
      return SVGText.path([(x, 0), (x, height)])
    }
    let rows = (1..<down).map { row in
      let y = pixel * Double(row * stepY - 1)
      return SVGText.path([(Self.left, y), (Self.left + width, y)])
    }
    let gaps =
      "<path class=\"halo\" style=\"stroke-width:\(SVGText.number(2 * pixel + 0.4))\" "
      + "d=\"\((columns + rows).joined())\"/>\n"
    let free = shown.count % across
    return frame.svg(
      height: height + 4,
      "<image x=\"\(SVGText.number(Self.left))\" y=\"0\" width=\"\(SVGText.number(width))\" "
        + "height=\"\(SVGText.number(height))\" style=\"image-rendering:pixelated\" "
        + "href=\"\(image.address)\"/>\n" + gaps
        + (free == 0
          ? ""
          : rest(
            from: pixel * Double(free * stepX - 2), to: width,
            below: height - pixel * Double(first.height), height)))
  }

  /// The places of the last row that no picture takes.
  private func rest(
    from left: Double, to right: Double, below top: Double, _ bottom: Double
  ) -> String {
    "<rect class=\"paper\" x=\"\(SVGText.number(Self.left + left))\" "
      + "y=\"\(SVGText.number(top))\" width=\"\(SVGText.number(right - left + 0.5))\" "
      + "height=\"\(SVGText.number(bottom - top + 0.5))\"/>\n"
  }
}
