import Canonical

/// Which data a cell uses and how pixels become numbers.
package struct DatasetSpec: Hashable, Sendable {
  /// The catalogue's name: `mnist`, `mnist-5k`, `synthetic`, …
  package var name: String
  /// Images held out of the training set for validation: the last of a seeded permutation.
  package var validation: Int
  /// Pixels (0–255) are multiplied by this.
  package var scale: Double
  /// How scaled pixels are centred and divided.
  package var normalization: NormalizationSpec
  /// What is done to the training images of all arms, before what an arm adds.
  package var augmentation: Augmentation
  /// Shape and classes of generated data; nil for real data.
  package var synthetic: SyntheticSpec?
  /// The function behind generated points; nil for images.
  package var curve: CurveSpec?
  /// A folder with data of one's own in the named set's format; nil searches the catalogue's places.
  package var files: String?
  /// The format of data of one's own under a name that is not known.
  package var format: Format?
  /// Shape, classes and counts of data of one's own, where they are not the named set's.
  package var facts: DatasetFacts?
  /// Whether data whose digests are not the catalogue's are accepted, and marked in every output.
  package var unverified: Bool

  /// Formats of data of one's own.
  package enum Format: String, CaseIterable, Sendable {
    /// Four IDX files named like MNIST's.
    case idx
    /// Files of records named like those of CIFAR-10 or CIFAR-100.
    case cifar
    /// MAT files named like SVHN's.
    case mat
  }

  /// Describes the data of a cell.
  package init(
    name: String, validation: Int, scale: Double, normalization: NormalizationSpec = .none,
    augmentation: Augmentation = Augmentation(), synthetic: SyntheticSpec? = nil,
    curve: CurveSpec? = nil,
    files: String? = nil, format: Format? = nil, facts: DatasetFacts? = nil,
    unverified: Bool = false
  ) {
    self.name = name
    self.validation = validation
    self.scale = scale
    self.normalization = normalization
    self.augmentation = augmentation
    self.synthetic = synthetic
    self.curve = curve
    self.files = files
    self.format = format
    self.facts = facts
    self.unverified = unverified
  }

  /// Reads the object under `"dataset"`.
  package init(reading reader: ObjectReader) {
    name = reader.string("name")
    validation = reader.int("validation", default: 0, in: 0...10_000_000)
    scale = reader.double("scale", default: 1.0 / 255, in: 1e-9...1e9)
    normalization = NormalizationSpec("normalize", of: reader)
    augmentation = Augmentation("augment", of: reader)
    files = reader.has("files") ? reader.string("files") : nil
    unverified = reader.bool("unverified", default: false)
    if files != nil, !unverified {
      reader.report(
        "data of one's own needs \"unverified\": true, which marks every output", key: "files")
    }
    let known = DatasetFacts.all.first { [name] in $0.name == name }
    format = reader.has("format") ? reader.choice("format") : nil
    if format != nil, files == nil || known != nil {
      reader.report(
        known == nil
          ? "\"format\" needs \"files\", the folder with data of one's own"
          : "\(name) has a format of its own", key: "format",
        advice: known == nil ? nil : "give data of another format another name")
    }
    facts = nil
    if reader.has("facts") || (format != nil && known == nil) {
      facts = reader.object("facts") { [name] in DatasetFacts(reading: $0, name: name, known: known)
      }
      if !unverified {
        reader.report("\"facts\" are for data with \"unverified\": true", key: "facts")
      }
    }
    if name == SyntheticSpec.datasetName {
      synthetic = reader.object("synthetic", default: .object([JSONValue.Member]())) {
        SyntheticSpec(reading: $0)
      }
    } else {
      synthetic = nil
      if reader.has("synthetic") {
        reader.report("only the data set \"synthetic\" is generated", key: "synthetic")
      }
    }
    curve = nil
    if name == CurveSpec.datasetName {
      curve = reader.object("curve", default: .object([JSONValue.Member]())) {
        CurveSpec(reading: $0)
      }
      for key in Self.keysOfImages where reader.has(key) {
        reader.report("\"\(key)\" is for images; points of a curve have none", key: key)
      }
    } else if reader.has("curve") {
      reader.report("only the data set \"curve\" is a curve's", key: "curve")
    }
    reader.finish()
  }

  private static let keysOfImages = [
    "validation", "scale", "normalize", "augment", "files", "format", "facts", "unverified",
  ]

  /// The same data without what is only done to it on the way to a network.
  package var contentsOnly: DatasetSpec {
    if curve != nil { return self }
    var spec = self
    (spec.validation, spec.scale) = (0, 1)
    (spec.normalization, spec.augmentation) = (.none, Augmentation())
    return spec
  }

  package var json: JSONValue {
    if let curve { return .object(["name": .string(name), "curve": curve.json]) }
    var members: [JSONValue.Member] = [
      .init("name", .string(name)), .init("validation", .number(validation)),
      .init("scale", .number(scale)),
    ]
    if let normalize = normalization.json { members.append(.init("normalize", normalize)) }
    if !augmentation.steps.isEmpty { members.append(.init("augment", augmentation.json)) }
    if let synthetic { members.append(.init("synthetic", synthetic.json)) }
    if let files { members.append(.init("files", .string(files))) }
    if let format { members.append(.init("format", .string(format.rawValue))) }
    if let facts { members.append(.init("facts", facts.json)) }
    if unverified { members.append(.init("unverified", .bool(true))) }
    return .object(members)
  }
}
