import Canonical
import Model

/// What a run measures of its network beside errors: `"measure"` of a config. One file holds one: its
/// keys, what it needs, and what its curves mean.
///
/// Measurements are taken of final runs, never in selection, and change no bit of the training.
package protocol Measurement: Configurable {
  /// The `"name"` in configs; also that of the series, where it gives one.
  static var name: String { get }
  /// What it measures, in one line for listings, without a full stop.
  static var summary: String { get }
  /// What its curves, x and y are, for listings.
  static var curves: String { get }
  /// How it can be drawn.
  static var figures: [FigureKind] { get }
  /// One with usual values, whose canonical form shows the keys in listings.
  static var example: any Measurement { get }
  /// Makes sure that the cell has what is measured.
  /// - Throws: `MeasurementMisfit` that says what it lacks.
  func check(_ cell: MeasuredCell) throws(MeasurementMisfit)
  /// Why what is measured will show little, or nil.
  func warning(_ cell: MeasuredCell) -> MeasurementMisfit?
}

extension Measurement {
  package func warning(_ cell: MeasuredCell) -> MeasurementMisfit? { nil }
}

extension Measurement {
  /// The canonical form, `"name"` included.
  package var json: JSONValue { .object([.init("name", .string(Self.name))] + jsonMembers) }

  /// The JSON Schema of its object.
  package static var schema: JSONValue {
    Schema.object([ConfigKey("name", .required, summary, schema: Schema.constant(name))] + keys)
  }
}

/// Why something cannot be measured.
package struct MeasurementMisfit: ReportedError, Equatable {
  package var message: String
  package var advice: String?

  package init(_ message: String, advice: String? = nil) {
    self.message = message
    self.advice = advice
  }

  package var kind: ErrorKind { .usage }
}

/// A cell as a measurement looks at it.
package struct MeasuredCell {
  package let spec: CellSpec
  package let setup: TrainingSetup
  package let facts: DatasetFacts
  /// Its network with the regularizers in it.
  package let network: NetworkSpec
  /// The layers, those inside others before them.
  package let layers: [PlacedLayer]

  /// A cell on data of this kind.
  /// - Throws: `RegularizerConflict`, `ShapeError` for networks that cannot be.
  package init(_ spec: CellSpec, _ setup: TrainingSetup, _ facts: DatasetFacts) throws {
    self.spec = spec
    self.setup = setup
    self.facts = facts
    network = try spec.networkSpec(facts)
    layers = try network.placedLayers()
  }

  /// The learned arrays of linear layers.
  var weights: [ParameterSpec] { layers.flatMap(\.parameters).filter { $0.role == .weight } }

  /// Makes sure that the cell trains one network whose weights can be looked at.
  func needsOneNetwork(_ measurement: String) throws(MeasurementMisfit) {
    guard spec.task == .classification || spec.task == .autoencoder else {
      throw MeasurementMisfit(
        "\(measurement) looks at the network of a classifier or an autoencoder, and the task is "
          + "\"\(spec.task.rawValue)\"")
    }
    for case let procedure as any Procedure in spec.regularizers where procedure.networks > 1 {
      throw MeasurementMisfit(
        "\(measurement) looks at one network, and \"\(type(of: procedure).name)\" trains several",
        advice: "leave it out of this arm: \"measure\": []")
    }
  }
}

extension Kinds where repeat each Kind: Measurement {
  var all: [any Measurement.Type] {
    var types: [any Measurement.Type] = []
    repeat types.append((each Kind).self)
    return types
  }
}

/// All measurements, one line each.
package enum MeasurementRegistry {
  package static let kinds = Kinds(
    LearningCurve.self,
    WeightHistogram.self,
    UnitMaxima.self,
    Filters.self,
    PruningCurve.self,
    GradientStatistics.self,
    VarianceShift.self,
    FeatureSVM.self,
    Predictions.self)

  package static var all: [any Measurement.Type] { kinds.all }

  /// Reads the list under `"measure"`: names, or objects with a name and keys.
  static func read(_ reader: ObjectReader) -> [any Measurement] {
    guard let value = reader.raw("measure") else { return [] }
    guard let elements = value.elements else {
      reader.diagnostics.add(
        Diagnostic(
          at: value.location,
          "\"measure\" must be a list of names or objects, found \(value.kindName)"))
      return []
    }
    var seen: Set<String> = []
    return elements.compactMap { element in
      guard let measurement = read(element, reader) else { return nil }
      let name = type(of: measurement).name
      guard seen.insert(name).inserted else {
        reader.diagnostics.add(
          Diagnostic(
            at: element.location, "\"\(name)\" is measured twice",
            advice: "several parameters are a list: \"parameter\": [\"fc1.weight\", \"fc2.weight\"]"
          ))
        return nil
      }
      return measurement
    }
  }

  private static func read(_ element: JSONValue, _ reader: ObjectReader) -> (any Measurement)? {
    var object = element
    if element.stringValue != nil {
      object = JSONValue(.object([.init("name", element)]), at: element.location)
    }
    let inner = reader.nested(object)
    let name = inner.string("name")
    guard let type = all.first(where: { $0.name == name }) else {
      if object["name"]?.stringValue != nil {
        inner.reportUnknown(
          name, of: "measurement", all.map { $0.name }, inner.location(of: "name"))
      }
      return nil
    }
    return type.init(reading: inner)
  }
}
