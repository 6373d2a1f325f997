import Report
import Study

/// The figures that a config can name, what each shows and what it is drawn from.
enum FigureReference {
  static var markdown: String {
    "| name | shows | drawn from |\n| --- | --- | --- |\n"
      + FigureName.allCases.map { name in
        let series = name.seriesName.map { "`series/\($0).csv`" } ?? "`runs.csv`"
        return "| `\(name.rawValue)` | \(name.explanation) | \(series) |\n"
      }.joined()
  }
}
