import Canonical

/// A study in another size: `"profiles": {"smoke": {…}}` holds patches by name. The file as it stands is
/// called `paper` where it recomputes what a paper prints, otherwise `full`.
package enum ProfilePatch {
  static let paper = "paper"
  static let full = "full"

  /// The names of the file as it stands; on a command line one will do for the other.
  package static let wholeNames = [paper, full]

  /// What the document as it stands is called.
  static func whole(_ document: JSONValue) -> String {
    let isOfPaper = document["paper"] != nil || document["reproduces"]?.elements?.isEmpty == false
    return isOfPaper ? paper : full
  }

  /// The profile that a user means; nil is the file as it stands.
  static func name(_ written: String?, in document: JSONValue) -> String {
    guard let written, !wholeNames.contains(written) else { return whole(document) }
    return written
  }

  /// The profiles of a document, the file as it stands first.
  static func names(of document: JSONValue) -> [String] {
    [whole(document)] + (document["profiles"]?.members ?? []).map(\.name).filter { $0 != "note" }
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
      if wholeNames.contains(member.name) {
        diagnostics.add(
          Diagnostic(
            at: member.nameLocation, "the profile \"\(member.name)\" is the file as it stands",
            advice: "give the patch another name"))
      } else if member.value.members == nil {
        diagnostics.add(
          Diagnostic(
            at: member.value.location,
            "the profile \"\(member.name)\" must be an object, found \(member.value.kindName)"))
      }
    }
    guard !wholeNames.contains(name) else { return result }
    guard let patch = profiles?[name], name != "note" else {
      diagnostics.add(
        Diagnostic(
          at: SourceLocation(file: "--profile \(name)", line: 0, column: 0),
          "the study has no profile \"\(name)\"",
          advice: Advice.among(names(of: document), insteadOf: name)))
      return result
    }
    guard patch.members != nil else { return result }
    // What the study says of itself holds in every profile: a profile's note stands behind it.
    let note = result["note"]
    result = Patch.merge(result, patch, diagnostics)
    if let own = note?.stringValue, let added = patch["note"]?.stringValue, !own.isEmpty {
      result["note"] = JSONValue(.string("\(own) \(added)"), at: patch.location)
    }
    return result
  }
}
