import Canonical
import Model

/// Writes into a study what it leaves out of its user files: shape, classes and counts, which are
/// read from the files. So a study that is kept with its results needs the files no more.
struct UserFileFacts {
  /// Reads files; nil leaves a study as it is.
  let read: StudyDocument.FactsReader?

  /// The document with complete facts; a problem of the files is reported where they are named.
  func filled(_ document: JSONValue, _ diagnostics: DiagnosticCollector) -> JSONValue {
    guard let read, let dataset = document["dataset"], let files = dataset["files"],
      files.stringValue != nil
    else { return document }
    let keys = ["height", "width", "channels", "classes", "training", "test"]
    let given = dataset["facts"]
    guard !keys.allSatisfy({ given?[$0] != nil }) else { return document }
    var bare = dataset
    bare["facts"] = nil
    let problems = DiagnosticCollector()
    let spec = DatasetSpec(reading: ObjectReader(bare, problems))
    // The reading of the whole study reports what is wrong.
    guard !problems.hasErrors else { return document }
    let facts: DatasetFacts
    do throws(UnreadableFile) { facts = try read(spec) } catch {
      diagnostics.add(Diagnostic(at: files.location, error.reason, advice: error.advice))
      return document
    }
    if given == nil, facts == KnownDataset.named(spec.name)?.facts { return document }
    var members = facts.json.members ?? []
    for place in members.indices {
      if let own = given?[members[place].name] { members[place].value = own }
    }
    for member in given?.members ?? [] where !keys.contains(member.name) { members.append(member) }
    var document = document
    document["dataset"]?["facts"] = .object(members)
    return document
  }
}
