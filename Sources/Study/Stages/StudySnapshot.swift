import Canonical

/// What a result folder keeps of a study, so that its tables can be made again without its config
/// and the command line.
extension StudySpec {
  /// The resolved document with what is not in it: the profile's name, whether the whole file recomputes
  /// what a paper prints, `--only`, and the mark of alterations.
  package var snapshot: JSONValue {
    var snapshot = JSONValue.object([
      "profile": .string(profile), "only": .array(onlyOptions.map { .string($0) }),
      "alteration": alterationHash.map { .string($0) } ?? .null,
    ])
    if !recomputesPaper { snapshot["ofPaper"] = .bool(false) }
    if let stopping { snapshot["until"] = .string(stopping.text) }
    snapshot["document"] = resolved
    return snapshot
  }

  /// The study that `snapshot` describes; `file` is the name that errors carry.
  package static func restoring(
    _ snapshot: JSONValue, file: String
  ) -> Result<StudySpec, InvalidStudy> {
    let diagnostics = DiagnosticCollector()
    let reader = ObjectReader(snapshot, diagnostics)
    let profile = reader.string("profile")
    var profileName = PathComponent.unnamed
    do throws(NameProblem) {
      profileName = try PathComponent(profile)
    } catch {
      reader.report("the profile's name \(error.predicate)", key: "profile")
    }
    let only = reader.strings("only", default: [])
    let alteration = reader.raw("alteration")?.stringValue
    let isOfPaper = reader.bool("ofPaper", default: true)
    let until = reader.raw("until")?.stringValue
    let document = reader.raw("document")
    if document == nil { reader.report("missing key \"document\"") }
    reader.finish()
    let study = document.flatMap {
      StudyLoader(
        document: $0, profile: ProfilePatch.whole($0), settings: [], only: only,
        facts: nil, diagnostics: diagnostics
      ).study()
    }
    guard var study, !diagnostics.hasErrors else {
      return .failure(InvalidStudy(.corrupt, diagnostics, []))
    }
    study.profileName = profileName
    study.alterationHash = alteration
    study.recomputesPaper = isOfPaper
    study.stopping = until.flatMap { StoppingRule($0) }
    return .success(study)
  }
}
