import Canonical

/// A study in another size: `"profiles": {"smoke": {…}}` holds patches by name; `paper` is the file
/// as it stands.
package enum ProfilePatch {
  /// The name of the study as written.
  package static let asWritten = "paper"

  /// The profiles of a document, `paper` first.
  static func names(of document: JSONValue) -> [String] {
    [asWritten] + (document["profiles"]?.members ?? []).map(\.name).filter { $0 != "note" }
  }

  private static func problem(of name: String) -> NameProblem? {
    do throws(NameProblem) {
      _ = try PathComponent(name)
      return nil
    } catch {
      return error
    }
  }

  /// The document in the named profile, without its `profiles`.
  static func applying(
    _ name: String, to document: JSONValue, _ diagnostics: DiagnosticCollector
  ) -> JSONValue {
    var result = document
    let profiles = document["profiles"]
    result["profiles"] = nil
    if let profiles, profiles.members == nil {
      diagnostics.add(
        Diagnostic(
          at: profiles.location,
          "\"profiles\" must be an object of patches by name, found \(profiles.kindName)"))
      return result
    }
    for member in profiles?.members ?? [] where member.name != "note" {
      if let problem = problem(of: member.name) {
        diagnostics.add(
          Diagnostic(
            at: member.nameLocation,
            "the profile's name \"\(member.name)\" \(problem.predicate)",
            advice: "it becomes the name of a folder"))
      }
      if member.name == asWritten {
        diagnostics.add(
          Diagnostic(
            at: member.nameLocation, "the profile \"paper\" is the file as it stands",
            advice: "give the patch another name"))
      } else if member.value.members == nil {
        diagnostics.add(
          Diagnostic(
            at: member.value.location,
            "the profile \"\(member.name)\" must be an object, found \(member.value.kindName)"))
      }
    }
    guard name != asWritten else { return result }
    guard let patch = profiles?[name], name != "note" else {
      diagnostics.add(
        Diagnostic(
          at: SourceLocation(file: "--profile \(name)", line: 0, column: 0),
          "the study has no profile \"\(name)\"",
          advice: Advice.among(names(of: document), insteadOf: name)))
      return result
    }
    return patch.members == nil ? result : Patch.merge(result, patch, diagnostics)
  }
}
