import Report
import Study

/// The figures that a config can name, what each shows and what it is drawn from.
enum FigureReference {
  static var markdown: String {
    "| name | shows | drawn from |\n| --- | --- | --- |\n"
      + FigureKind.all.map { kind in
        let series = kind.series.map { "`series/\($0).csv`" } ?? "`runs.csv`"
        return "| `\(kind.name)` | \(kind.explanation) | \(series) |\n"
      }.joined()
  }
}
