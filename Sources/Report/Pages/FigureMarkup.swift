import Study

/// The figures of a study on a page; they are part of it.
struct FigureMarkup {
  let figures: FigureSet

  var markup: String {
    let kinds = figures.figures.map(\.kind)
      .reduce(into: [FigureKind]()) { if !$0.contains($1) { $0.append($1) } }
    let parts = kinds.map { kind in
      let own = figures.figures.filter { $0.kind == kind }
      let drawings = own.map { "<figure>\n\(inside($0))</figure>\n" }
      // Many drawings of one kind are folded away.
      let grid = "<div class=\"figures\">\n\(drawings.joined())</div>\n"
      let body =
        own.count > 6 ? HTML.details("\(own.count) drawings", grid) : grid
      return "<h3>\(HTML.escaped(kind.heading))</h3>\n\(HTML.paragraph(kind.explanation))\(body)"
    }
    let absent = figures.absent.map { "\($0.kind.heading): not drawn, because \($0.reason)." }
    return parts.joined() + HTML.list(absent)
  }

  /// The drawing without its style, which the page has once for all.
  private func inside(_ figure: Figure) -> String {
    guard let start = figure.svg.ranges(of: "<style>").first,
      let end = figure.svg.ranges(of: "</style>\n").first
    else { return figure.svg }
    return figure.svg.replacingCharacters(in: start.lowerBound..<end.upperBound)
  }
}

extension String {
  /// The text without a range of it.
  fileprivate func replacingCharacters(in range: Range<String.Index>) -> String {
    String(self[..<range.lowerBound] + self[range.upperBound...])
  }
}
