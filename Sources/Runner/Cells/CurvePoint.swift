import Canonical
import Study

/// One point of a learning curve.
package struct CurvePoint: Equatable, Sendable {
  /// Updates done.
  package var update: Int
  /// Mean loss of the updates since the point before; nil if there was none.
  package var trainingLoss: Double?
  /// Percent of the validation images that are classified wrongly; nil without a validation set.
  package var validationError: Double?
  /// Percent of the test images that are classified wrongly; nil where nothing is classified.
  package var testError: Double?
  /// What else was measured.
  package var measures: [Measure] = []
}

extension CurvePoint {
  /// Every number keeps its bits.
  var json: JSONValue {
    .object([
      "update": .number(update), "loss": .exact(trainingLoss),
      "validation": .exact(validationError), "test": .exact(testError),
      "measures": .object(measures.map { .init($0.name, .exact($0.value)) }),
    ])
  }

  /// Reads what `json` wrote; nil if it is anything else.
  init?(_ json: JSONValue) {
    guard let update = json["update"]?.intValue, let test = json["test"] else { return nil }
    self.update = update
    testError = test.exactDouble
    trainingLoss = json["loss"]?.exactDouble
    validationError = json["validation"]?.exactDouble
    measures = (json["measures"]?.members ?? []).map {
      Measure(name: $0.name, value: $0.value.exactDouble ?? .nan)
    }
  }
}

extension [CurvePoint] {
  /// The curve as a table with a header.
  var csv: String {
    func cell(_ value: Double?) -> String { value?.shortestText ?? "" }
    let names = first?.measures.map(\.name) ?? []
    let rows = map { point in
      let fields =
        [
          String(point.update), cell(point.trainingLoss), cell(point.validationError),
          cell(point.testError),
        ]
        + names.map { name in cell(point.measures.first { $0.name == name }?.value) }
      return fields.joined(separator: ",") + "\n"
    }
    let header = ["update", "training_loss", "validation_error", "test_error"] + names
    return header.joined(separator: ",") + "\n" + rows.joined()
  }

  /// The point with the lowest validation error, the earliest of equals.
  var bestOnValidation: CurvePoint? {
    var best: CurvePoint?
    for point in self {
      guard let error = point.validationError else { continue }
      if error < best?.validationError ?? .infinity { best = point }
    }
    return best
  }

  /// The point with the lowest test error, the earliest of equals: an oracle's choice.
  var bestOnTest: CurvePoint? {
    var best: CurvePoint?
    for point in self {
      guard let error = point.testError else { continue }
      if error < best?.testError ?? .infinity { best = point }
    }
    return best
  }
}
