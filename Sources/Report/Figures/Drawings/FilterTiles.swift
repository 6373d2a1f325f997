import Study

/// Incoming weights of hidden units as images (Shakeout, Fig. 5): a drawing for each arm.
struct FilterTiles {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: kind).map { series in
      series.combinations.flatMap { axes in
        series.arms(at: axes).compactMap { arm -> Figure? in
          let run = arm.runs.min { $0.trial < $1.trial }
          guard let images = run?.series.images, let first = images.first else { return nil }
          let title = source.title("Weights of hidden units: \(arm.arm)", at: axes)
          let same = images.filter { $0.width == first.width && $0.height == first.height }
          let shown = min(same.count, TileSheet.limit)
          let count =
            shown < images.count ? "The first \(shown) of \(images.count) units. " : ""
          let sheet = TileSheet(
            title: title, tiles: same,
            notes: ["\(count)Black is each unit's lowest weight, white its highest."]
              + source.warnings(at: axes))
          return Figure(
            kind, parts: source.varying(axes).map(\.value) + [arm.arm], title: title,
            svg: sheet.svg)
        }
      }
    }
  }
}
