/// A page of its own: nothing in it comes from elsewhere, so it can be mailed or put on a shelf. It
/// works without its script, which sorts, filters and copies.
struct Page {
  var title: String
  /// The line above it.
  var kicker: String
  /// What must be read first: reduced, altered, unfinished.
  var banners: [String] = []
  /// Markup below the title, beside no heading.
  var opening = ""
  /// Parts with headings, each of markup; the contents at the side lead to them.
  var parts: [(heading: String, markup: String)] = []
  /// Seconds after which a browser reads the page again; nil for a page that stays as it is.
  var refreshSeconds: Int?

  /// The document.
  var html: String {
    let shown = parts.filter { !$0.markup.isEmpty }
    let links = shown.map { part in
      "<li><a href=\"#\(HTML.anchor(part.heading))\">\(HTML.escaped(part.heading))</a></li>"
    }
    let sections = shown.map { part in
      """
      <section aria-labelledby="\(HTML.anchor(part.heading))">
      \(HTML.heading(2, part.heading))\(part.markup)</section>

      """
    }
    let refresh =
      refreshSeconds.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">\n" } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      \(refresh)<title>\(HTML.escaped(title))</title>
      <link rel="icon" href="data:,">
      <style>
      \(PageStyle.sheet)\(FigureStyle.sheet)</style>
      </head>
      <body>
      <header>
      <p class="kicker">\(HTML.escaped(kicker))</p>
      <h1>\(HTML.escaped(title))</h1>
      \(banners.map { "<p class=\"banner\" role=\"note\">\(HTML.escaped($0))</p>\n" }.joined())\
      \(opening)</header>
      <div class="layout">
      <nav aria-label="Parts of this page"><ul>\(links.joined())</ul></nav>
      <main>
      \(sections.joined())</main>
      </div>
      <script>
      \(PageScript.text)</script>
      </body>
      </html>

      """
  }
}
