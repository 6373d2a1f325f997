/// A page of its own: nothing in it comes from elsewhere, so it can be mailed or put on a shelf.
struct Page {
  var title: String
  /// The line above it.
  var kicker: String
  /// What must be read first: reduced, altered, unfinished.
  var banners: [String] = []
  /// Parts with headings, each of markup; the heading is also a link at the top.
  var parts: [(heading: String, markup: String)] = []

  /// The document.
  var html: String {
    let shown = parts.filter { !$0.markup.isEmpty }
    let links = shown.map { part in
      "<li><a href=\"#\(Self.anchor(part.heading))\">\(HTML.escaped(part.heading))</a></li>"
    }
    let sections = shown.map { part in
      let anchor = Self.anchor(part.heading)
      return """
        <section aria-labelledby="\(anchor)">
        <h2 id="\(anchor)">\(HTML.escaped(part.heading))</h2>
        \(part.markup)</section>

        """
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(HTML.escaped(title))</title>
      <link rel="icon" href="data:,">
      <style>
      \(PageStyle.sheet)\(FigureStyle.sheet)</style>
      </head>
      <body>
      <header>
      <p class="kicker">\(HTML.escaped(kicker))</p>
      <h1>\(HTML.escaped(title))</h1>
      \(banners.map { "<p class=\"banner\" role=\"note\">\(HTML.escaped($0))</p>\n" }.joined())\
      <nav aria-label="Parts of this page"><ul>\(links.joined())</ul></nav>
      </header>
      <main>
      \(sections.joined())</main>
      </body>
      </html>

      """
  }

  private static func anchor(_ heading: String) -> String { Figure.fileSafe(heading) }
}
