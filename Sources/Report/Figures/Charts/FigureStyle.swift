/// Colours and sizes of all figures, for light and dark surroundings.
///
/// The colours are those of Okabe and Ito, which people with any kind of colour vision tell apart;
/// some are darker here on white, or lighter on black, so that thin lines keep a contrast of 3. Each
/// comes with a marker and a dash of its own, so that nothing depends on colour alone.
enum FigureStyle {
  /// A figure is as wide as a telephone's screen, and text keeps its size on it.
  static let width = 360.0
  /// Text beside axes and in legends.
  static let textSize = 12.0
  static let titleSize = 13.5

  /// Colours on white and on black, in the order in which series get them.
  static let colours: [(light: String, dark: String)] = [
    ("#24292f", "#e6edf3"), ("#0072b2", "#56b4e9"), ("#d55e00", "#ff8c42"),
    ("#00805e", "#2fc9a0"), ("#b0528c", "#e39ac4"), ("#a87400", "#e6b03c"),
    ("#3d7fb5", "#9ecbff"), ("#6e5b00", "#f0e442"),
  ]

  /// The colour of what is published: no series has it.
  private static let published = (light: "#7a45a8", dark: "#c9a4f0")

  /// Shades of filled levels from low to high, one hue, so that any kind of colour vision sees their
  /// order; on dark grounds low is dark, on light ones light.
  static let shades: [(light: String, dark: String)] = [
    ("#f3f7fb", "#101c2c"), ("#dfeaf6", "#142a45"), ("#c8dcf0", "#18385d"), ("#abcae6", "#1d4775"),
    ("#89b4d9", "#23578e"), ("#699ccb", "#2c69a8"), ("#4d84bb", "#3a7cc0"), ("#366ba6", "#5190d2"),
    ("#24528a", "#6ea6e0"),
  ]

  /// Dashes of lines, so that they can be told apart without colours; the first is unbroken.
  private static let dashes = ["", "7 2", "", "2 2", "9 2 2 2", "", "4 2", "1 2"]

  /// The class of a series' colour.
  static func colourClass(_ index: Int) -> String { "c\(index % colours.count)" }

  /// The class of a layer's colour.
  static func colourClass(_ index: Int, isPublished: Bool) -> String {
    isPublished ? "pub" : colourClass(index)
  }

  /// The style sheet: `fg` texts, `c0`… series with `l` lines, `m` filled and `h` hollow markers.
  static var sheet: String {
    let dark = rules(ink: "#e6edf3", muted: "#9da7b3", grid: "#30363d", paper: "#0d1117") {
      $0.dark
    }
    let light = rules(ink: "#24292f", muted: "#57606a", grid: "#dde1e6", paper: "#ffffff") {
      $0.light
    }
    return """
      .rbf text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",\
      Arial,sans-serif;font-size:\(SVGText.number(textSize))px}
      .rbf .title{font-size:\(SVGText.number(titleSize))px;font-weight:600}
      .rbf .note{font-size:11px}
      .rbf path,.rbf .m,.rbf .h{vector-effect:none;stroke-linejoin:round}
      .rbf .grid{fill:none;stroke-width:1}
      .rbf .axis{fill:none;stroke-width:1}
      .rbf .guide{fill:none;stroke-width:1.2;stroke-dasharray:5 4}
      .rbf .lead{fill:none;stroke-width:.9;stroke-dasharray:1.5 2.5}
      .rbf .l{fill:none;stroke-width:1.9}
      .rbf .p{fill:none;stroke-width:1.4;stroke-dasharray:3 3}
      .rbf .e{fill:none;stroke-width:1.3}
      .rbf .h{stroke-width:1.5}
      .rbf .r{fill:none;stroke-width:1.8}
      .rbf .b{stroke:none;fill-opacity:.22}
      .rbf .k{fill:none;stroke-width:1.3}
      \(light)@media (prefers-color-scheme:dark){
      \(dark)}

      """
  }

  private static func rules(
    ink: String, muted: String, grid: String, paper: String,
    _ colour: ((light: String, dark: String)) -> String
  ) -> String {
    var rules = """
      .rbf .paper{fill:\(paper)}
      .rbf text{fill:\(ink)}
      .rbf .halo{stroke:\(paper);stroke-width:3px;paint-order:stroke}
      .rbf .quiet{fill:\(muted)}
      .rbf .grid{stroke:\(grid)}
      .rbf .axis{stroke:\(muted)}
      .rbf .guide,.rbf .lead{stroke:\(muted)}

      """
    let classes = colours.enumerated().map { (colourClass($0), $1) } + [("pub", published)]
    for (name, pair) in classes {
      let (name, value) = (".rbf .\(name)", colour(pair))
      rules += """
        \(name).l,\(name).e,\(name).p,\(name).k{stroke:\(value)}
        \(name).m,\(name).b{fill:\(value)}
        \(name).r{stroke:\(value)}
        \(name).h{stroke:\(value);fill:\(paper)}

        """
    }
    for (index, pair) in shades.enumerated() { rules += ".rbf .s\(index){fill:\(colour(pair))}\n" }
    return rules
  }

  /// The dash of a series' unbroken line as an attribute; empty for none.
  static func dash(_ index: Int) -> String {
    let dash = dashes[index % dashes.count]
    return dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
  }
}
