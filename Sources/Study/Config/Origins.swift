import Canonical
import Model

/// Where a value of a study comes from.
package struct Origin: Equatable, Sendable {
  package var path: DocumentPath
  /// The value in canonical form.
  package var value: String
  /// `file:line:column`, the `--set` option, or `default`.
  package var place: String
}

extension StudySpec {
  /// Every value of the resolved document with the place where it was written, then the values that
  /// nobody wrote, as the cells of each arm get them.
  package var origins: [Origin] {
    let written = Self.leaves(of: resolved, path: .root).map { leaf in
      Origin(
        path: leaf.path, value: leaf.value.canonicalText, place: Self.text(of: leaf.value.location))
    }
    var defaults = studyDefaults
    var seen: Set<DocumentPath> = []
    var overriding: Set<String> = []
    var keeping = 0
    for template in asked {
      let values = template.selections.map { selection in
        selection.candidates(base: 0.5, n: template.n).first ?? .number(0.5)
      }
      let spec = cache.cell(template, .final, trial: 1, seed: seed, values: values).spec
      if let network = spec.networkWithRulesOfItsOwn {
        overriding.insert(network)
      } else {
        keeping += 1
      }
      for leaf in Self.leaves(of: spec.json, path: .root) + Self.unsaid(in: spec)
      where !Self.isWritten(leaf.path, in: template.document) {
        let isOfArm = leaf.path.steps[0] == "regularizers"
        let path = DocumentPath(
          steps: (isOfArm ? ["arms", template.armName] : []) + leaf.path.steps)
        guard seen.insert(path).inserted else { continue }
        defaults.append(
          Origin(path: path, value: leaf.value.canonicalText, place: "default"))
      }
    }
    // What no layer asks for is no value of the study, whoever wrote it.
    guard !overriding.isEmpty else { return written + defaults }
    let which =
      keeping == 0
      ? "plays no part: every layer has its own"
      : "plays no part in \(overriding.sorted().joined(separator: ", ")), whose layers have their own"
    return (written + defaults).map { origin in
      var origin = origin
      if origin.path.steps.starts(with: ["training", "initializer"]) {
        origin.place += "; \(which)"
      }
      return origin
    }
  }

  /// The values of the study's own keys that nobody wrote.
  private var studyDefaults: [Origin] {
    var header = StudyHeader.blank
    _ = header.read(ObjectReader(resolved, DiagnosticCollector()))
    return (header.json.members ?? []).filter { member in
      resolved[member.name] == nil && member.value.members == nil && member.value.elements == nil
    }.map { member in
      Origin(
        path: DocumentPath(steps: [member.name]), value: member.value.canonicalText,
        place: "default")
    }
  }

  /// What a cell's canonical form leaves out because it is as usual: its data set's keys of later versions.
  private static func unsaid(in spec: CellSpec) -> [(path: DocumentPath, value: JSONValue)] {
    guard let dataset = spec.setup?.dataset else { return [] }
    let said = dataset.json
    return (dataset.jsonWithUsual.members ?? []).filter { said[$0.name] == nil }
      .map { (DocumentPath(steps: ["dataset", $0.name]), $0.value) }
  }

  private static func text(of place: SourceLocation) -> String {
    place.line > 0 ? "\(place.file):\(place.line):\(place.column)" : place.file
  }

  /// Values that hold no others, with their paths; notes are left out. Lists of plain values stay
  /// whole.
  private static func leaves(
    of value: JSONValue, path: DocumentPath
  ) -> [(path: DocumentPath, value: JSONValue)] {
    if let members = value.members {
      return members.filter { $0.name != "note" }.flatMap {
        leaves(of: $0.value, path: path.appending($0.name))
      }
    }
    if let elements = value.elements, elements.contains(where: { $0.members != nil }) {
      return elements.enumerated().flatMap { index, element in
        leaves(
          of: element, path: path.appending(element["name"]?.stringValue ?? String(index)))
      }
    }
    return [(path, value)]
  }

  /// Whether a document says something at a path, or in place of what contains it.
  private static func isWritten(_ path: DocumentPath, in document: JSONValue) -> Bool {
    // What every cell has beside its document.
    if path.steps == ["seed"] || path.steps == ["trial"] { return true }
    if path.value(in: document) != nil { return true }
    guard let owner = path.parent.value(in: document) else {
      return isWritten(path.parent, in: document)
    }
    // `"lenet"` stands for an object; `"mlp"` does not say which.
    guard let written = owner.members else {
      let isNetwork = path.steps.count == 2 && ["network", "generator"].contains(path.steps[0])
      return owner.elements == nil && (!isNetwork || path.steps[1] == "name")
    }
    // A rate may be written under another key, such as the paper's letter.
    guard let key = path.steps.last, let name = owner["name"]?.stringValue else { return false }
    let keys = RegularizerRegistry.keys(likewise: key, of: name).map(\.name)
    return written.contains { keys.contains($0.name) }
  }
}

extension CellSpec {
  /// The name of the cell's network if every weight of it starts by a rule of its layer, so that
  /// `training.initializer` plays no part; nil otherwise.
  fileprivate var networkWithRulesOfItsOwn: String? {
    guard task != .gan, let facts = setup?.facts else { return nil }
    let network = work.spec.network(on: facts)
    let weights = ((try? network.placedLayers()) ?? []).flatMap(\.parameters)
      .filter { $0.role == .weight }
    return !weights.isEmpty && weights.allSatisfy { $0.initializer != nil } ? network.name : nil
  }
}
