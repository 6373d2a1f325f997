import Canonical
import Model

extension StudySpec {
  /// Reads a study: `extends`, then the profile's patch, then the settings, then every cell of every
  /// arm at every combination of the axes. `read` gives a file's bytes.
  ///
  /// On failure every error is reported, in the order of files and lines.
  package static func load(
    file: String, profile: String? = nil, settings: [String] = [], only: [String] = [],
    read: @escaping (String) throws(UnreadableFile) -> [UInt8]
  ) -> Result<StudySpec, InvalidStudy> {
    let diagnostics = DiagnosticCollector()
    var files = Extends(diagnostics: diagnostics, read: read)
    let document = files.document(file)
    let study = document.flatMap {
      StudyLoader(
        document: $0, profile: profile ?? ProfilePatch.asWritten, settings: settings, only: only,
        diagnostics: diagnostics
      ).study()
    }
    if let study, !diagnostics.hasErrors { return .success(study) }
    return .failure(InvalidStudy(diagnostics, files.files))
  }

  /// Every error of a study in all its profiles, or nil if it has none.
  package static func check(
    file: String, settings: [String] = [], only: [String] = [],
    read: @escaping (String) throws(UnreadableFile) -> [UInt8]
  ) -> InvalidStudy? {
    let diagnostics = DiagnosticCollector()
    var files = Extends(diagnostics: diagnostics, read: read)
    let document = files.document(file)
    for profile in document.map(ProfilePatch.names) ?? [] {
      // The readings share what they report into, so that an error of all profiles is said once.
      _ = document.flatMap {
        StudyLoader(
          document: $0, profile: profile, settings: settings, only: only, diagnostics: diagnostics
        ).study()
      }
    }
    return diagnostics.hasErrors ? InvalidStudy(diagnostics, files.files) : nil
  }
}

/// Turns a document into a study.
struct StudyLoader {
  /// More rows of tables than this are taken for a mistake.
  static let combinationLimit = 10_000

  let document: JSONValue
  let profile: String
  let settings: [String]
  let only: [String]
  let diagnostics: DiagnosticCollector

  /// The study; what is wrong is in the diagnostics.
  func study() -> StudySpec? {
    guard document.members != nil else {
      diagnostics.add(
        Diagnostic(
          at: document.location, "a study is an object { … }, found \(document.kindName)"))
      return nil
    }
    let patches = settings.compactMap { SettingPatch($0, diagnostics) }
    let profiled = ProfilePatch.applying(profile, to: document, diagnostics)
    let resolved = patches.reduce(profiled) { $1.applied(to: $0, diagnostics) }

    let reader = ObjectReader(resolved, diagnostics)
    let name = studyName(reader)
    let title = reader.has("title") ? reader.string("title") : nil
    let task: StudySpec.Task = reader.choice("task", default: .classification)
    let seed = UInt32(reader.int("seed", default: 1, in: 0...Int(UInt32.max)))
    let trials = reader.int("trials", in: 1...10_000)
    let arms = Arm.read(reader.raw("arms"), reader)
    let axes = Axis.read(reader.raw("axes"), study: resolved, diagnostics)
    let armNames = arms.map(\.name)
    let overrides = reader.objects("overrides") {
      Override(reading: $0, axes: axes, arms: armNames)
    }
    let reproduces = reader.objects("reproduces") {
      Reproduction(reading: $0, axes: axes, arms: armNames)
    }
    let excluded = reader.objects("exclude") { inner in
      Condition(reading: inner.value, axes: axes, arms: armNames, diagnostics)
    }
    let selectOn = SelectionCriterion.read(reader)
    let reduced = reader.has("reduced") ? reader.string("reduced") : nil
    let figures = FigureName.read(reader)
    let keepWeights: KeepWeights = reader.choice("keepWeights", default: .measured)
    let cellKeys = CellSpec.keys.filter { $0 != "regularizers" }
    for key in cellKeys { _ = reader.has(key) }
    // Read away before, but known: a nearly right spelling should lead to them.
    for key in ["extends", "profiles"] where reader.has(key) {
      reader.report("\"\(key)\" cannot stand in a profile or a setting", key: key)
    }
    reader.finish()

    let cell = JSONValue(
      .object(
        (resolved.members ?? []).filter {
          cellKeys.contains($0.name) || $0.name == "task"
        }),
      at: resolved.location)
    var templates: [CellTemplate] = []
    if Axis.count(of: axes, limit: Self.combinationLimit / max(1, arms.count)) == nil {
      reader.report(
        "arms and axes have more than \(Self.combinationLimit) combinations", key: "axes")
      return nil
    }
    for combination in Axis.combinations(of: axes) {
      for arm in arms.isEmpty ? [Arm.plain(at: resolved.location)] : arms {
        let values = zip(axes, combination).map { AxisValue(key: $0.key, value: $0.values[$1]) }
        guard !excluded.contains(where: { $0.matches(arm: arm.name, axes: values) }) else {
          continue
        }
        templates.append(
          CellTemplate(
            cell: cell, axes: axes, combination: combination, arm: arm, order: templates.count,
            overrides: overrides, diagnostics))
      }
    }
    if templates.isEmpty { reader.report("\"exclude\" leaves nothing to train", key: "exclude") }
    StudyCheck(
      templates: templates, seed: seed, selectOn: selectOn, diagnostics: diagnostics
    ).run()
    FigureName.check(figures, task: task, axes: axes, templates: templates, reader)

    let filter = OnlyFilter(only, axes: axes, arms: armNames, diagnostics)
    let foreign = templates.compactMap { foreignData(in: $0) }
    return StudySpec(
      name: name, profile: profile, profiles: ProfilePatch.names(of: document), title: title,
      task: task, seed: seed, trials: trials, arms: arms, axes: axes, reproduces: reproduces,
      reduced: reduced, notes: Note.all(in: resolved), figures: figures, selectOn: selectOn,
      keepWeights: keepWeights, resolved: resolved,
      warnings: diagnostics.diagnostics.filter { $0.severity == .warning },
      usesForeignData: !foreign.isEmpty,
      alterationHash: Alteration.hash(settings: patches, only: only, foreignData: foreign),
      templates: templates, only: filter)
  }

  /// The study's name, which is also a folder's.
  private func studyName(_ reader: ObjectReader) -> String {
    let name = reader.string("study")
    let isSafe = name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_.".unicodeScalars.contains($0))
    }
    if reader.value["study"]?.stringValue != nil, name.isEmpty || !isSafe || name.hasPrefix(".") {
      reader.report(
        "the study's name becomes a folder: letters, digits, \"-\", \"_\" and \".\" only",
        key: "study")
    }
    return name
  }

  /// Names data of one's own.
  private func foreignData(in template: CellTemplate) -> String? {
    let dataset = template.document["dataset"]
    if let files = dataset?["files"]?.stringValue { return files }
    return dataset?["unverified"]?.boolValue == true ? "unverified" : nil
  }
}
