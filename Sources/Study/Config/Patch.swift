import Canonical

/// Merges a patch into a document. Objects are merged member by member, `null` removes, anything
/// else replaces. An object that takes the place of a list of named objects patches them by name.
enum Patch {
  /// The merged document; places stay with the values they belong to.
  static func merge(
    _ base: JSONValue, _ patch: JSONValue, _ diagnostics: DiagnosticCollector
  ) -> JSONValue {
    guard let changes = patch.members else { return patch }
    if let members = base.members {
      return JSONValue(.object(merge(members, changes, diagnostics)), at: base.location)
    }
    if let elements = base.elements, let names = names(of: elements) {
      return JSONValue(.array(merge(elements, names, changes, diagnostics)), at: base.location)
    }
    return withoutNulls(patch, diagnostics)
  }

  private static func merge(
    _ members: [JSONValue.Member], _ changes: [JSONValue.Member],
    _ diagnostics: DiagnosticCollector
  ) -> [JSONValue.Member] {
    var result = members
    for change in changes {
      let index = result.firstIndex { $0.name == change.name }
      if case .null = change.value.content {
        if let index {
          result.remove(at: index)
        } else {
          reportAbsent(change, members.map(\.name), diagnostics)
        }
      } else if let index {
        result[index].value = merge(result[index].value, change.value, diagnostics)
      } else {
        var added = change
        added.value = withoutNulls(change.value, diagnostics)
        result.append(added)
      }
    }
    return result
  }

  /// Patches a list of named objects.
  private static func merge(
    _ elements: [JSONValue], _ names: [String], _ changes: [JSONValue.Member],
    _ diagnostics: DiagnosticCollector
  ) -> [JSONValue] {
    var result: [JSONValue?] = elements
    for change in changes where change.name != "note" {
      guard let index = names.firstIndex(of: change.name) else {
        diagnostics.add(
          Diagnostic(
            at: change.nameLocation, "there is no element \"\(change.name)\" to patch",
            advice: (Advice.among(names, insteadOf: change.name).map { "\($0); " } ?? "")
              + "an object changes what the list has, by names: for one more, write the whole list")
        )
        continue
      }
      if case .null = change.value.content {
        result[index] = nil
      } else {
        result[index] = merge(elements[index], change.value, diagnostics)
      }
    }
    return result.compactMap { $0 }
  }

  /// The names of the elements if all are objects with one.
  private static func names(of elements: [JSONValue]) -> [String]? {
    let names = elements.compactMap { $0["name"]?.stringValue }
    return names.count == elements.count && !names.isEmpty ? names : nil
  }

  /// A patch that meets nothing: its nulls have nothing to remove.
  private static func withoutNulls(
    _ patch: JSONValue, _ diagnostics: DiagnosticCollector
  ) -> JSONValue {
    guard let members = patch.members else { return patch }
    return JSONValue(.object(merge([], members, diagnostics)), at: patch.location)
  }

  private static func reportAbsent(
    _ change: JSONValue.Member, _ known: [String], _ diagnostics: DiagnosticCollector
  ) {
    diagnostics.add(
      Diagnostic(
        at: change.nameLocation, "there is no \"\(change.name)\" for null to remove",
        advice: Advice.among(known, insteadOf: change.name)))
  }
}
