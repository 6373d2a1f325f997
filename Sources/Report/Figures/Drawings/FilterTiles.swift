import Study

/// Incoming weights of hidden units as images (Shakeout, Fig. 5): a drawing for each arm.
struct FilterTiles {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: Series.filters).map { runs in
      source.combinations(of: runs).flatMap { axes in
        source.arms(of: runs, at: axes).compactMap { arm -> Figure? in
          let run = runs.filter { $0.arm == arm && $0.axes == axes }.min { $0.trial < $1.trial }
          guard let images = run?.series.images, let first = images.first else { return nil }
          let title = ["Weights of hidden units: \(arm)", source.text(axes)]
            .filter { !$0.isEmpty }.joined(separator: ", ")
          let same = images.filter { $0.width == first.width && $0.height == first.height }
          let shown = min(same.count, TileSheet.limit)
          let count =
            shown < images.count ? "The first \(shown) of \(images.count) units. " : ""
          let sheet = TileSheet(
            title: title, tiles: same,
            notes: ["\(count)Black is each unit's lowest weight, white its highest."]
              + source.warnings)
          return Figure(
            kind, parts: source.varying(axes).map(\.value) + [arm], title: title,
            svg: sheet.svg)
        }
      }
    }
  }
}
