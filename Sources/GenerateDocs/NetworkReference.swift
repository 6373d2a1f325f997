import Canonical
import Model

/// The reference of networks, layers and learning-rate schedules, made from their types.
enum NetworkReference {
  /// The families with their keys.
  static var families: String {
    let rows = NetworkChoice.families.map { type -> String in
      let form = type.parameterForm.isEmpty ? "" : "-\(type.parameterForm)"
      let example = type.references.first.map { "`\($0.choice.name)`" } ?? ""
      return "| `\(type.family)\(form)` | \(example) | \(keys(of: type)) |\n"
    }
    let families = NetworkChoice.families.map { (name: $0.family, keys: $0.keys) }
    return "| name | for example | keys |\n| --- | --- | --- |\n" + rows.joined() + "\n"
      + ConfigReference.table(of: families.filter { !$0.keys.isEmpty })
  }

  private static func keys(of family: any NetworkFamily.Type) -> String {
    let names = family.keys.map { "`\($0.name)`" }
    return names.isEmpty ? "none" : names.joined(separator: ", ")
  }

  /// The kinds of layers with their keys, and the keys of the list that holds them.
  static var layers: String {
    let kinds = LayerSpec.references.map { reference in
      (
        name: reference.kinds.joined(separator: "`, `"),
        keys: reference.keys.filter { !["kind", "name"].contains($0.name) }
      )
    }
    let bare = kinds.filter { $0.keys.isEmpty }.map { "`\($0.name)`" }
    return ConfigReference.table(of: [(name: "network", keys: LayerList.keys)] + kinds)
      + "\nNo keys beside `kind` and `name` have \(bare.joined(separator: ", ")).\n"
  }

  /// The schedules with their formulas and keys.
  static var schedules: String {
    let kinds = LearningRateSchedule.Kind.allCases.map { kind -> String in
      "| `\(kind.rawValue)` | \(kind.formula) | "
        + LearningRateSchedule.keys(of: kind).map { "`\($0)`" }.joined(separator: ", ") + " |\n"
    }
    return "| `schedule` | learning rate | keys, all of them required |\n| --- | --- | --- |\n"
      + kinds.joined()
  }
}

extension LearningRateSchedule {
  /// The names of a schedule's keys beside its own.
  fileprivate static func keys(of kind: Kind) -> [String] {
    var schedule = blank
    schedule.kind = kind
    return keys(of: schedule).map(\.name).filter { $0 != "schedule" }
  }
}
