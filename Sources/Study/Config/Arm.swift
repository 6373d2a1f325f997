import Canonical

/// One method of a study: its regularizers, and patches to the rest of the cell.
package struct Arm: Sendable {
  /// The name, as tables show it.
  package let name: String
  /// The remaining members: a patch to the cell.
  let patch: JSONValue
  let place: SourceLocation

  /// Reads the list under `"arms"`.
  static func read(_ value: JSONValue?, _ reader: ObjectReader) -> [Arm] {
    guard let elements = value?.elements, !elements.isEmpty else {
      if let value {
        reader.report("\"arms\" must be a list of objects, found \(value.kindName)", key: "arms")
      } else {
        reader.report("missing key \"arms\"")
      }
      return []
    }
    var arms: [Arm] = []
    for element in elements {
      let arm = Arm(reading: reader.nested(element))
      if element["name"]?.stringValue != nil, arms.contains(where: { $0.name == arm.name }) {
        reader.diagnostics.add(
          Diagnostic(at: arm.place, "there are two arms called \"\(arm.name)\""))
      } else {
        arms.append(arm)
      }
    }
    return arms
  }

  /// An arm without changes, for looking at a study that has none of its own.
  static func plain(at place: SourceLocation) -> Arm {
    Arm(name: "", patch: JSONValue(.object([]), at: place), place: place)
  }

  private init(name: String, patch: JSONValue, place: SourceLocation) {
    self.name = name
    self.patch = patch
    self.place = place
  }

  private init(reading reader: ObjectReader) {
    name = reader.string("name")
    place = reader.location(of: "name")
    if let problem = NameProblem(in: name) {
      reader.report("the arm's name \"\(name)\" \(problem.predicate)", key: "name")
    } else if reader.value["name"]?.stringValue != nil,
      name.isEmpty || name.contains(where: { ",={}\"".contains($0) })
    {
      reader.report("an arm's name must not be empty nor hold , = { } or quotes", key: "name")
    }
    var members: [JSONValue.Member] = []
    for key in CellSpec.keys where reader.has(key) {
      members += (reader.value.members ?? []).filter { $0.name == key }
    }
    patch = JSONValue(.object(members), at: reader.value.location)
    reader.finish()
  }
}
