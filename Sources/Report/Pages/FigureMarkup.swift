import Canonical
import Study

/// The figures of a study on a page; they are part of it.
struct FigureMarkup {
  let figures: FigureSet
  /// Files of figures that stand in another part of the page.
  let shownElsewhere: Set<String>

  /// More drawings of one kind than these are folded away.
  private static let most = 12

  var markup: String {
    let shown = figures.figures.filter { !shownElsewhere.contains($0.fileName) }
    let kinds = shown.map(\.kind).unique
    let parts = kinds.map { kind in
      let own = shown.filter { $0.kind == kind }
      func grid(_ figures: ArraySlice<Figure>) -> String {
        "<div class=\"figures\">\n\(figures.map { Self.figure($0) }.joined())</div>\n"
      }
      let rest = own.dropFirst(Self.most)
      return HTML.heading(3, kind.heading) + HTML.paragraph(kind.explanation)
        + grid(own.prefix(Self.most))
        + (rest.isEmpty ? "" : HTML.details("\(rest.count) more drawings", grid(rest)))
    }
    let absent = figures.absent.map { "\($0.kind.heading): not drawn, because \($0.reason)." }
    return parts.joined() + HTML.list(absent)
  }

  /// A drawing that can be linked to by its file's name.
  static func figure(_ figure: Figure) -> String {
    let anchor = "figure-\(HTML.anchor(String(figure.fileName.dropLast(4))))"
    return "<figure id=\"\(anchor)\">\n\(inside(figure.svg))"
      + "\(HTML.selfLink(anchor, figure.title))</figure>\n"
  }

  /// The drawing without its style, which the page has once for all.
  static func inside(_ svg: String) -> String {
    guard let start = svg.ranges(of: "<style>").first,
      let end = svg.ranges(of: "</style>\n").first
    else { return svg }
    return String(svg[..<start.lowerBound] + svg[end.upperBound...])
  }
}
