import Canonical

/// Which images a training set that is smaller than the data set consists of.
package enum TrainingSubset: String, CaseIterable, Sendable {
  /// The same in all trials: subsets of one seed are nested.
  case fixed
  /// A subset of its own in each trial, the same for all arms; the validation images stay.
  case perTrial
}

/// Which data a cell uses and how pixels become numbers.
package struct DatasetSpec: Configurable, Hashable {
  /// Its name: `mnist`, `mnist-5k`, `synthetic`, …
  package var name: String
  /// Images held out of the training set for validation: the last of a seeded permutation.
  package var validation: Int
  /// Which of the images that are not held out a smaller training set consists of.
  package var subset: TrainingSubset
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
  /// A folder, or one file, with user files; nil looks for the known set's.
  package var files: String?
  /// The format of user files; nil finds it out.
  package var format: FileFormat?
  /// Shape, classes and counts of user files, where they are not those of a known set.
  package var facts: DatasetFacts?
  /// Whether data whose digests are not the published ones are accepted, and marked in every output;
  /// user files are, unless the study says otherwise.
  package var unverified: Bool

  package init(
    name: String, validation: Int, subset: TrainingSubset = .fixed, scale: Double,
    normalization: NormalizationSpec = .none,
    augmentation: Augmentation = Augmentation(), synthetic: SyntheticSpec? = nil,
    curve: CurveSpec? = nil,
    files: String? = nil, format: FileFormat? = nil, facts: DatasetFacts? = nil,
    unverified: Bool = false
  ) {
    self.name = name
    self.validation = validation
    self.subset = subset
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

  package static let blank = DatasetSpec(name: "", validation: 0, scale: 1.0 / 255)
  package static let fields: [Field<DatasetSpec>] = [
    .value(
      ConfigKey(
        "name", .required, "a known data set (`regbench data list`), or any name for user files",
        schema: Schema.string), \.name
    ) { reader, _ in
      let written = reader.string("name")
      // `MNIST` is `mnist`.
      return KnownDataset.named(written)?.name ?? written
    } write: {
      .string($0)
    },
    .whole(
      "validation", \.validation, in: 0...10_000_000, .optional,
      "training images held out to choose hyper-parameters and to stop"
    ).when(isOfImages),
    .choice(
      "subset", \.subset, .optional,
      "whether all trials train on the same subset, or each draws its own"
    ).omitted { $0.subset == .fixed }.when(isOfImages),
    .number(
      "scale", \.scale, in: 1e-9...1e9, .optional, "what pixels from 0 to 255 are multiplied by"
    ).when(isOfImages),
    .value(
      ConfigKey(
        "normalize", .optional, "how pixels are centred and divided, after the scale",
        schema: NormalizationSpec.anyForm), \.normalization
    ) { reader, _ in
      NormalizationSpec("normalize", of: reader)
    } write: {
      $0.form
    }.when(isOfImages),
    .value(
      ConfigKey(
        "augment", .optional, "what is done to training images, in order",
        schema: Augmentation.schema),
      \.augmentation
    ) { reader, _ in
      Augmentation("augment", of: reader)
    } write: {
      $0.steps.isEmpty ? nil : $0.json
    }.when(isOfImages),
    .value(
      ConfigKey(
        "synthetic", .optional, "the shape of generated images", schema: SyntheticSpec.schema),
      \.synthetic
    ) { reader, _ in
      reader.object("synthetic", default: .object([JSONValue.Member]())) {
        SyntheticSpec(reading: $0)
      }
    } write: {
      $0?.json
    }.when { $0.name == SyntheticSpec.datasetName },
    .text("files", \.files, "a folder, or one file, with user files").when(isOfImages),
    .choice("format", \.format, "the format of user files; found out where it is left out").when(
      isOfImages),
    .value(
      ConfigKey(
        "unverified", .optional,
        "whether digests need not be the published ones: false unless said otherwise, true of user "
          + "files", schema: Schema.boolean), \.unverified
    ) { reader, spec in
      reader.bool("unverified", default: spec.files != nil)
    } write: {
      .bool($0)
    }.omitted { !$0.unverified && $0.files == nil }.followingOthers().when(isOfImages),
    .value(
      ConfigKey(
        "facts", .optional, "what is in user files, where it is not what is read from them",
        // What is left out is read from the files, or that of the known set of this name.
        schema: Schema.object(DatasetFacts.keys.map(\.thatMayBeAbsent))), \.facts,
      read: readFacts
    ) { $0?.json }.when(isOfImages),
    .value(
      ConfigKey("curve", .optional, "noisy points of a function", schema: CurveSpec.schema),
      \.curve
    ) { reader, _ in
      reader.object("curve", default: .object([JSONValue.Member]())) { CurveSpec(reading: $0) }
    } write: {
      $0?.json
    }.when { $0.name == CurveSpec.datasetName },
  ]

  @Sendable private static func isOfImages(_ spec: DatasetSpec) -> Bool {
    spec.name != CurveSpec.datasetName
  }

  @Sendable private static func readFacts(
    _ reader: ObjectReader, _ spec: DatasetSpec
  ) -> DatasetFacts? {
    guard reader.has("facts") else { return nil }
    return reader.object("facts") {
      DatasetFacts(
        reading: $0, name: spec.name, known: KnownDataset.named(spec.name)?.facts)
    }
  }

  package func check(_ reader: ObjectReader) {
    if let problem = NameProblem(in: name) {
      reader.report("the data set's name \(problem.predicate)", key: "name")
    }
    if name == CurveSpec.datasetName {
      for key in Self.keysOfImages where reader.has(key) {
        reader.report("\"\(key)\" is for images; points of a curve have none", key: key)
      }
    } else if reader.has("curve") {
      reader.report("only the data set \"curve\" is a curve's", key: "curve")
    }
    if name != SyntheticSpec.datasetName, reader.has("synthetic") {
      reader.report("only the data set \"synthetic\" is generated", key: "synthetic")
    }
    if files != nil, !unverified, KnownDataset.named(name) == nil {
      reader.report(
        "only files of a known data set can be compared with published digests", key: "unverified")
    }
    if format != nil, files == nil {
      reader.report("\"format\" needs \"files\", the folder with user files", key: "format")
    }
    if facts != nil, !unverified {
      reader.report("\"facts\" are for user files", key: "facts")
    }
  }

  private static let keysOfImages = [
    "validation", "subset", "scale", "normalize", "augment", "files", "format", "facts",
    "unverified",
  ]

  /// The same data without what is only done to it on the way to a network.
  package var contentsOnly: DatasetSpec {
    if curve != nil { return self }
    var spec = self
    (spec.validation, spec.subset, spec.scale) = (0, .fixed, 1)
    (spec.normalization, spec.augmentation) = (.none, Augmentation())
    return spec
  }
}
