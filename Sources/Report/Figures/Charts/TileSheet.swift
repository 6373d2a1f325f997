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
    let width = FigureStyle.width - 20
    let height = width * Double(image.height) / Double(image.width)
    return frame.svg(
      height: height + 4,
      "<image x=\"10\" y=\"0\" width=\"\(SVGText.number(width))\" "
        + "height=\"\(SVGText.number(height))\" style=\"image-rendering:pixelated\" "
        + "href=\"\(image.address)\"/>\n")
  }
}
