import Canonical
import Model

/// A config that was read once, with its bases merged in: a study in any of its profiles is made from
/// it.
package struct StudyDocument: Sendable {
  private let document: JSONValue
  private let files: [(name: String, bytes: [UInt8])]
  /// What was found while the files were merged.
  private let problems: [Diagnostic]

  /// What is known of user files, read from them; other facts than those in the spec.
  package typealias FactsReader = @Sendable (DatasetSpec) throws(UnreadableFile) -> DatasetFacts

  private let facts: FactsReader?

  /// Reads a config and what it extends.
  /// - Parameters:
  ///   - facts: looks into user files; nil leaves studies as they are.
  ///   - read: gives a file's bytes.
  package static func read(
    _ file: String, facts: FactsReader? = nil,
    _ read: @escaping (String) throws(UnreadableFile) -> [UInt8]
  ) -> Result<StudyDocument, InvalidStudy> {
    let diagnostics = DiagnosticCollector()
    var files = Extends(diagnostics: diagnostics, read: read)
    guard let document = files.document(file) else {
      return .failure(InvalidStudy(.usage, diagnostics, files.files))
    }
    return .success(
      StudyDocument(
        document: document, files: files.files, problems: diagnostics.diagnostics, facts: facts))
  }

  /// The study in one profile, or as it stands: the profile's patch, then the settings, then every cell of every arm
  /// at every combination of the axes. On failure every error is reported, in the order of files and
  /// lines.
  package func study(
    profile: String?, settings: [String] = [], only: [String] = []
  ) -> Result<StudySpec, InvalidStudy> {
    let diagnostics = DiagnosticCollector(problems)
    let study = study(profile, settings, only, diagnostics)
    guard let study, !diagnostics.hasErrors else {
      return .failure(InvalidStudy(.usage, diagnostics, files))
    }
    return .success(study)
  }

  /// The study as written, with the warnings of all its profiles, if it has no error in any of them. What
  /// is wrong with several is reported once; what the file as it stands does not have names its profiles.
  package func checked() -> Result<StudySpec, InvalidStudy> {
    var found: [(diagnostic: Diagnostic, profiles: [String])] = []
    let names = ProfilePatch.names(of: document)
    let studies = names.map { name in
      let own = DiagnosticCollector(problems)
      let study = study(name, [], [], own)
      for diagnostic in own.diagnostics.dropFirst(problems.count) {
        if let index = found.firstIndex(where: { $0.diagnostic == diagnostic }) {
          found[index].profiles.append(name)
        } else {
          found.append((diagnostic, [name]))
        }
      }
      return study
    }
    let diagnostics = DiagnosticCollector(problems)
    for (diagnostic, profiles) in found {
      var diagnostic = diagnostic
      if !profiles.contains(names[0]) {
        let quoted = profiles.map { "\"\($0)\"" }.joined(separator: ", ")
        diagnostic.message += " (profile\(profiles.count == 1 ? "" : "s") \(quoted))"
      }
      diagnostics.add(diagnostic)
    }
    guard var study = studies[0], !diagnostics.hasErrors else {
      return .failure(InvalidStudy(.usage, diagnostics, files))
    }
    study.warnings = diagnostics.diagnostics.filter { $0.severity == .warning }
    return .success(study)
  }

  private func study(
    _ profile: String?, _ settings: [String], _ only: [String], _ diagnostics: DiagnosticCollector
  ) -> StudySpec? {
    var study = StudyLoader(
      document: document, profile: ProfilePatch.name(profile, in: document), settings: settings,
      only: only, facts: facts,
      diagnostics: diagnostics
    ).study()
    study?.checkPublished(diagnostics)
    return study
  }
}

extension StudySpec {
  /// Reads a config in one of its profiles. `read` gives a file's bytes.
  package static func load(
    file: String, profile: String? = nil, settings: [String] = [], only: [String] = [],
    read: @escaping (String) throws(UnreadableFile) -> [UInt8]
  ) -> Result<StudySpec, InvalidStudy> {
    StudyDocument.read(file, read).flatMap {
      $0.study(profile: profile, settings: settings, only: only)
    }
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
  /// Looks into user files; nil where the study says everything of them.
  let facts: StudyDocument.FactsReader?
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
    let patched = patches.reduce(profiled) { $1.applied(to: $0, diagnostics) }
    let resolved = UserFileFacts(read: facts).filled(patched, diagnostics)

    let reader = ObjectReader(resolved, diagnostics)
    var header = StudyHeader.blank
    _ = header.read(reader)
    let name = folderName(header.study, reader)
    let arms = header.arms.map { Arm.read($0, reader) } ?? []
    let axes = Axis.read(header.axes, study: resolved, diagnostics)
    let armNames = arms.map(\.name)
    let overrides = header.overrides.map {
      Override(reading: reader.nested($0), axes: axes, arms: armNames)
    }
    func mappings(_ objects: [JSONValue]) -> [Reproduction] {
      objects.map { Reproduction(reading: reader.nested($0), axes: axes, arms: armNames) }
    }
    let (reproduces, variantsOf) = (mappings(header.reproduces), mappings(header.variantsOf))
    for object in header.variantsOf {
      for key in ["margin", "over", "along", "pool"] where object[key] != nil {
        diagnostics.add(
          Diagnostic(
            at: object[key]?.location ?? object.location,
            "\"\(key)\" says nothing about variants, which are not judged", advice: "leave it out"))
      }
    }
    let excluded = header.exclude.map {
      CellFilter(reading: $0, axes: axes, arms: armNames, diagnostics)
    }
    let figures = header.figures.map { FigureKind.read($0, reader) } ?? []
    let cellKeys = CellSpec.keyNames.filter { $0 != "regularizers" }
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
    for patch in patches where patch.isAxis { checkEffect(of: patch, axes, templates) }
    if templates.isEmpty { reader.report("\"exclude\" leaves nothing to train", key: "exclude") }
    StudyCheck(
      templates: templates, seed: header.seed, selectOn: header.selectOn, diagnostics: diagnostics
    ).run()
    FigureKind.check(figures, task: header.task, axes: axes, templates: templates, reader)

    let filter = CellFilter(
      options: only, named: "--only", axes: axes, arms: armNames, diagnostics)
    let leavesAll = templates.allSatisfy { filter.matches(arm: $0.armName, axes: $0.axes) }
    let restriction = leavesAll ? [] : only
    let profiles = ProfilePatch.names(of: document)
    let foreign = templates.compactMap { foreignData(in: $0) }
    return StudySpec(
      folderName: name, profileName: (try? PathComponent(profile)) ?? .unnamed,
      profiles: profiles, title: header.title,
      task: header.task, seed: header.seed, trials: header.trials, arms: arms, axes: axes,
      reproduces: reproduces, variantsOf: variantsOf,
      reduced: header.reduced, notes: Note.all(in: resolved), figures: figures,
      selectOn: header.selectOn,
      keepWeights: header.keepWeights, resolved: resolved,
      warnings: diagnostics.diagnostics.filter { $0.severity == .warning },
      alterationHash: Alteration.hash(
        settings: Alteration.effective(patches, on: profiled), only: restriction,
        foreignData: foreign),
      foreignDataHash: Alteration.hash(settings: [], only: [], foreignData: foreign),
      recomputesPaper: profiles[0] == ProfilePatch.paper,
      templates: templates, onlyOptions: restriction, only: filter)
  }

  /// Warns where an arm or an override sets what an axis of the command line varies.
  private func checkEffect(of patch: SettingPatch, _ axes: [Axis], _ templates: [CellTemplate]) {
    guard let axis = axes.first(where: { $0.key == patch.path.description }) else { return }
    let arms = templates.filter { template in
      let name = template.axes.first { $0.key == axis.key }?.value
      guard let index = axis.values.firstIndex(where: { $0 == name }) else { return false }
      let wanted = axis.documents[index]
      let isPlain = wanted.members == nil && wanted.elements == nil
      guard isPlain, let found = axis.path.value(in: template.document) else { return false }
      return Axis.displayName(of: found) != Axis.displayName(of: wanted)
    }.map(\.armName)
    guard let arm = arms.first, axis.key != "network" else { return }
    diagnostics.add(
      Diagnostic(
        .warning, at: axis.place,
        "--set \(patch.text) changes nothing for \"\(arm)\", which sets \(axis.key) itself"))
  }

  /// The study's name, which is also a folder's.
  private func folderName(_ name: String, _ reader: ObjectReader) -> PathComponent {
    guard reader.value["study"]?.stringValue != nil else { return .unnamed }
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_.".unicodeScalars.contains($0))
    }
    if let problem = NameProblem(in: name) {
      reader.report("the study's name \(problem.predicate)", key: "study")
    } else if isPlain, let component = try? PathComponent(name) {
      return component
    } else {
      reader.report(
        "the study's name becomes a folder: letters, digits, \"-\", \"_\" and \".\" only",
        key: "study")
    }
    return .unnamed
  }

  /// Names user files.
  private func foreignData(in template: CellTemplate) -> String? {
    let dataset = template.document["dataset"]
    if let files = dataset?["files"]?.stringValue { return files }
    return dataset?["unverified"]?.boolValue == true ? "unverified" : nil
  }
}
