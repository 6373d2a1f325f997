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
    var image = GreyImage(width: across * stepX + 2, height: down * stepY + 2, grey: 255)
    for (index, tile) in shown.enumerated() where tile.width == first.width {
      image.put(
        tile.pixels, width: tile.width, row: 2 + index / across * stepY,
        column: 2 + index % across * stepX)
    }
    let width = FigureStyle.width - 2 * Self.left
    let height = width * Double(image.height) / Double(image.width)
    let pixel = width / Double(image.width)
    return frame.svg(
      height: height + 4,
      "<image x=\"\(SVGText.number(Self.left))\" y=\"0\" width=\"\(SVGText.number(width))\" "
        + "height=\"\(SVGText.number(height))\" style=\"image-rendering:pixelated\" "
        + "href=\"\(image.address)\"/>\n"
        + gaps(across, down, stepX: pixel * Double(stepX), stepY: pixel * Double(stepY), pixel)
        + rest(
          shown.count % across, x: pixel * Double(stepX), width: width,
          y: height - pixel * Double(stepY + 1), height: height))
  }

  /// What lies between the pictures, in the colour of the page, which pixels cannot know.
  private func gaps(
    _ across: Int, _ down: Int, stepX: Double, stepY: Double, _ pixel: Double
  ) -> String {
    let (right, bottom) = (
      Self.left + stepX * Double(across) + 2 * pixel, stepY * Double(down) + 2 * pixel
    )
    let columns = (0...across).map { column in
      let x = Self.left + pixel + stepX * Double(column)
      return SVGText.path([(x, 0), (x, bottom)])
    }
    let rows = (0...down).map { row in
      let y = pixel + stepY * Double(row)
      return SVGText.path([(Self.left, y), (right, y)])
    }
    // A little wider, so that no edge of the pixels below shows.
    return "<path class=\"halo\" style=\"stroke-width:\(SVGText.number(2 * pixel + 0.4))\" "
      + "d=\"\((columns + rows).joined())\"/>\n"
  }

  /// The places of the last row that no picture takes; nothing where it is full.
  private func rest(
    _ taken: Int, x: Double, width: Double, y: Double, height: Double
  ) -> String {
    guard taken > 0 else { return "" }
    let left = x * Double(taken)
    return "<rect class=\"paper\" x=\"\(SVGText.number(Self.left + left))\" "
      + "y=\"\(SVGText.number(y))\" width=\"\(SVGText.number(width - left))\" "
      + "height=\"\(SVGText.number(height - y))\"/>\n"
  }
}
