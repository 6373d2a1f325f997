import Canonical

/// A figure that a study's records can be drawn as: `"figures": ["errorAgainstTrainSize"]`.
package enum FigureName: String, CaseIterable, Sendable {
  /// Error against the number of training images (Shakeout, Figs 6 and 7).
  case errorAgainstTrainSize
  /// Errors and losses in the course of training (Shakeout, Fig. 13; Drop-Activation, Fig. 4).
  case learningCurves
  /// The distribution of weights (Shakeout, Figs 4 and 8).
  case weightHistogram
  /// The largest weight of each input unit (Shakeout, Fig. 9).
  case unitMaxima
  /// Weights of hidden units as images (Shakeout, Fig. 5).
  case filters
  /// What is lost when small weights are removed (Shakeout, Fig. 10).
  case pruningCurve
  /// The value of an adversarial game (Shakeout, Figs 11 and 12).
  case ganValue
  /// The weight that an input has where it is reversed or enhanced (Shakeout, Fig. 1).
  case effectiveWeight
  /// A regularizer as a function of one weight (Shakeout, Fig. 2).
  case regularizerCurve
  /// A regularizer as a function of two weights (Shakeout, Fig. 3).
  case regularizerContour
  /// The result against a number that is varied (Drop-Activation, Fig. 2; Delayed Strong
  /// Regularization, Figs 1, 3 and 6).
  case parameterSweep
  /// Accuracy against the share of weights that are 0 (Delayed Strong Regularization, Figs 4 and 7).
  case accuracyAgainstSparsity
  /// Sizes of gradients and weights (Delayed Strong Regularization, Figs 2 and 5).
  case gradientStatistics
  /// Validation error against the time it takes to reach it (marginalized noise, Fig. 1).
  case convergenceScatter
  /// Points, their function and what networks make of them (Drop-Activation, Fig. 3).
  case regressionFit
  /// Variance in evaluation against training, by keep probability (Drop-Activation, Eq. 15).
  case shiftRatio
  /// The same ratio in the course of training (Drop-Activation, Fig. 6).
  case varianceShift
}

extension FigureName {
  /// The series below `series/` that it is drawn from; nil where runs.csv suffices.
  package var seriesName: String? {
    switch self {
    case .errorAgainstTrainSize, .parameterSweep, .accuracyAgainstSparsity, .convergenceScatter:
      nil
    case .learningCurves: "learningCurve"
    case .regressionFit: "predictions"
    case .weightHistogram, .unitMaxima, .filters, .pruningCurve, .ganValue, .effectiveWeight,
      .regularizerCurve, .regularizerContour, .gradientStatistics, .shiftRatio, .varianceShift:
      rawValue
    }
  }

  /// The list under `"figures"`: known names, each once.
  static func read(_ reader: ObjectReader) -> [FigureName] {
    guard let list = reader.raw("figures") else { return [] }
    guard let elements = list.elements else {
      reader.report("\"figures\" must be a list of names, found \(list.kindName)", key: "figures")
      return []
    }
    var figures: [FigureName] = []
    for element in elements {
      let text = element.stringValue
      if let figure = text.flatMap(FigureName.init) {
        if figures.contains(figure) {
          reader.diagnostics.add(
            Diagnostic(at: element.location, "the figure \"\(figure.rawValue)\" is named twice"))
        } else {
          figures.append(figure)
        }
      } else if let text {
        reader.reportUnknown(text, of: "figure", allCases.map(\.rawValue), element.location)
      } else {
        reader.diagnostics.add(
          Diagnostic(
            at: element.location, "a figure is named by a string, found \(element.kindName)"))
      }
    }
    return figures
  }

  /// Warns of figures that the study's runs will not hold what they show of: they would never be
  /// drawn.
  static func check(
    _ figures: [FigureName], task: LearningTask, axes: [Axis], templates: [CellTemplate],
    _ reader: ObjectReader
  ) {
    // Other tasks give their series unasked.
    let isAsked = task == .classification || task == .autoencoder
    let measured = Set(
      templates.flatMap { template in
        (template.document["measure"]?.elements ?? []).compactMap {
          $0.stringValue ?? $0["name"]?.stringValue
        }
      })
    for figure in figures {
      var missing: String?
      if figure == .errorAgainstTrainSize, !axes.contains(where: { $0.key == Axis.trainSize }) {
        missing = "an axis \"\(Axis.trainSize)\""
      }
      if isAsked, let series = figure.seriesName, !measured.contains(series),
        MeasurementRegistry.all.contains(where: { $0.name == series })
      {
        missing = "\"measure\": [\"\(series)\"]"
      }
      guard let missing else { continue }
      reader.diagnostics.add(
        Diagnostic(
          .warning, at: reader.location(of: "figures"),
          "the figure \"\(figure.rawValue)\" needs \(missing)"))
    }
  }
}
