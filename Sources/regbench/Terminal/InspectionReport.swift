import Canonical
import Datasets
import Report

/// What `data inspect` prints.
struct InspectionReport {
  private let facts: [(key: String, text: String)]
  private let arrays: [FileInspection.Field]
  private let members: [FileInspection.Member]
  /// Images to show.
  let sheet: ContactSheet?

  init(_ inspection: FileInspection) {
    facts = [
      ("file", inspection.path), ("format", inspection.format),
      ("compression", inspection.isCompressed ? "gzip" : "none"),
      ("bytes", String(inspection.bytes)), ("sha256", inspection.digest),
    ]
    arrays = inspection.arrays
    members = inspection.members
    sheet = inspection.sheet
  }

  /// Of a data set that is known by its name.
  init(_ dataset: Dataset, images: Int) {
    self.init(dataset, images: images, verified: dataset.isVerified ? "yes" : "no")
  }

  /// Of user files.
  /// - Parameter published: the data set of the catalogue that they are; nil where they are none.
  init(_ dataset: Dataset, images: Int, published: String?) {
    self.init(
      dataset, images: images,
      verified: published.map { "yes, they are \($0) as it is published" }
        ?? "no, they are none of the data sets of `regbench data list`")
  }

  private init(_ dataset: Dataset, images: Int, verified: String) {
    facts = [
      ("data set", dataset.name), ("origin", dataset.origin), ("verified", verified),
      ("digest", dataset.digest),
    ]
    arrays = dataset.fields
    members = []
    sheet = images > 0 ? ContactSheet(dataset.training, count: images) : nil
  }

  /// For people.
  var text: String {
    var lines = facts.map { "\($0.key): \($0.text)" }
    for array in arrays {
      let shape = array.shape.map { String($0) }.joined(separator: "×")
      lines.append("\(array.name.isEmpty ? "array" : array.name): \(array.type), \(shape)")
      if let histogram = array.histogram {
        let counts = histogram.enumerated().filter { $0.element > 0 }
          .map { "\($0.offset): \($0.element)" }
        lines.append("  labels \(counts.joined(separator: ", "))")
      }
    }
    for member in members {
      lines.append("\(member.name): \(DecimalText.grouped(member.bytes)) bytes")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// For programs.
  var json: JSONValue {
    var object = facts.map { JSONValue.Member($0.key, .string($0.text)) }
    object.append(
      .init(
        "arrays",
        .array(
          arrays.map { array in
            var members: [JSONValue.Member] = [
              .init("name", .string(array.name)), .init("type", .string(array.type)),
              .init("shape", .array(array.shape.map { .number($0) })),
            ]
            if let histogram = array.histogram {
              members.append(.init("histogram", .array(histogram.map { .number($0) })))
            }
            return .object(members)
          })))
    if !members.isEmpty {
      object.append(
        .init(
          "members",
          .array(
            members.map { .object(["name": .string($0.name), "bytes": .number($0.bytes)]) })))
    }
    return .object(object)
  }
}
