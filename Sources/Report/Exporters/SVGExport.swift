/// `table.svg`: the tables as a picture, for light and dark surroundings: ours, the published value
/// below, and the verdict. Rows of which nothing has finished are left out.
package enum SVGExport {
  /// The document.
  package static func text(_ table: ResultTable) -> String {
    let pictures = table.sections.map(TablePicture.init).filter { !$0.rows.isEmpty }
    let width = pictures.map(\.width).reduce(FigureStyle.width, max)
    var drawing = ""
    var y = 0.0
    for picture in pictures {
      drawing += picture.svg(
        below: &y, heading: picture.title != table.outline.title, pictureWidth: width)
    }
    let nothing = pictures.isEmpty ? ["Nothing has finished yet."] : []
    let frame = FigureFrame(
      title: table.heading,
      description: (pictures.map(\.description) + nothing).joined(separator: " "),
      notes: nothing + [table.reduction].compactMap { $0 } + table.remarks, width: width)
    return frame.svg(height: y, "<style>\n\(MarkColour.markStyle)</style>\n\(drawing)")
  }
}
