import Canonical

/// What a user changed for one call: its hash keeps such results apart from the study's own.
enum Alteration {
  /// The settings that change a document, in their order: what sets a key to the value that it has
  /// anyway alters nothing.
  static func effective(_ settings: [SettingPatch], on document: JSONValue) -> [SettingPatch] {
    guard !settings.isEmpty else { return [] }
    // What is wrong with a setting is reported where it is applied.
    let diagnostics = DiagnosticCollector()
    let original = meaning(of: document)
    var (now, before) = (document, original)
    let effective = settings.filter { setting in
      now = setting.applied(to: now, diagnostics)
      let after = meaning(of: now)
      defer { before = after }
      return after != before
    }
    return before == original ? [] : effective
  }

  /// The document with the defaults of the study's own keys, in canonical form.
  private static func meaning(of document: JSONValue) -> String {
    var header = StudyHeader.blank
    _ = header.read(ObjectReader(document, DiagnosticCollector()))
    var whole = document
    for member in header.json.members ?? [] { whole[member.name] = member.value }
    return whole.canonicalText
  }

  /// Eight hexadecimal digits, or nil if nothing was changed. Spelling of values and the order of
  /// `--only` options do not matter; the order of settings does.
  static func hash(settings: [SettingPatch], only: [String], foreignData: [String]) -> String? {
    guard !(settings.isEmpty && only.isEmpty && foreignData.isEmpty) else { return nil }
    let items = only.flatMap(CellFilter.items)
    let json = JSONValue.object([
      "set": .array(
        settings.map { setting in
          .object([
            "path": .array(setting.path.steps.map { .string($0) }),
            "value": setting.value ?? .null,
          ])
        }),
      "only": .array(Set(items).sorted().map { .string($0) }),
      "data": .array(Set(foreignData).sorted().map { .string($0) }),
    ])
    return String(SHA256.hex(Array(json.canonicalText.utf8)).prefix(8))
  }
}
