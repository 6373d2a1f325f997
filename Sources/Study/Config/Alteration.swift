import Canonical

/// What a user changed for one call: its hash keeps such results apart from the study's own.
enum Alteration {
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
