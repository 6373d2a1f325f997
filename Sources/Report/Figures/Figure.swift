import Study

/// A finished figure: a file below `figures/`.
package struct Figure: Sendable, Equatable {
  /// Which of the known figures it belongs to.
  package var kind: FigureKind
  /// The file's name: the figure's, and where there are several what tells them apart.
  package var fileName: String
  package var title: String
  /// The heading of the table that it draws, beside which it belongs; nil where it draws another thing.
  package var section: String?
  /// The drawing, a file of its own.
  package var svg: String

  init(
    _ kind: FigureKind, parts: [String], title: String, section: String? = nil, svg: String
  ) {
    self.kind = kind
    self.section = section
    self.title = title
    self.svg = svg
    let words = [kind.name] + parts.map(Self.fileSafe).filter { !$0.isEmpty }
    fileName = words.joined(separator: "-") + ".svg"
  }

  /// Letters, digits and points; everything else becomes a line between words.
  static func fileSafe(_ text: String) -> String {
    let words = text.lowercased().split { character in
      !(character.isASCII && (character.isLetter || character.isNumber || character == "."))
    }
    return words.joined(separator: "-")
  }
}

/// The figures that a study asks for, as far as its records hold what they show.
package struct FigureSet: Sendable, Equatable {
  /// What is drawn, in the order of the config.
  package var figures: [Figure] = []
  /// What is not, each with the reason in a sentence without a full stop.
  package var absent: [Absence] = []

  /// A figure that cannot be drawn, or not yet.
  package struct Absence: Sendable, Equatable {
    package var kind: FigureKind
    /// Why, in a sentence without a full stop.
    package var reason: String
  }

  /// Draws a study's figures from its records alone.
  /// - Parameter series: by name, as `series/` holds them.
  package init(study: StudySpec, records: [RunRecord], series: [String: [SeriesRun]]) {
    let source = FigureSource(study: study, records: records, series: series)
    for kind in study.figures {
      switch source.figures(kind) {
      case .failure(let reason): absent.append(Absence(kind: kind, reason: reason.text))
      case .success(let drawn):
        // Equal names would overwrite each other: the later ones get a number.
        for var figure in drawn {
          var number = 1
          let stem = figure.fileName.dropLast(4)
          while figures.contains(where: { $0.fileName == figure.fileName }) {
            number += 1
            figure.fileName = "\(stem)-\(number).svg"
          }
          figures.append(figure)
        }
      }
    }
  }
}

/// Why a figure is not drawn.
struct NothingToDraw: Error, Equatable {
  /// A sentence without a full stop.
  var text: String

  init(_ text: String) { self.text = text }
}
