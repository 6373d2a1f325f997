import Canonical

/// One method of a study: its regularizers, and patches to the rest of the cell.
package struct Arm: Configurable {
  /// The name, as tables show it.
  package private(set) var name = ""
  /// The remaining members: a patch to the cell.
  private(set) var patch = JSONValue.object([JSONValue.Member]())

  /// What the definition of its schema is called.
  static let definition = "arm"

  package static let blank = Arm()
  package static let fields: [Field<Arm>] = [
    .text("name", \.name, .required, "what tables call the method")
  ]

  package func check(_ reader: ObjectReader) {
    guard reader.value["name"]?.stringValue != nil else { return }
    if let problem = NameProblem(in: name) {
      reader.report("the arm's name \"\(name)\" \(problem.predicate)", key: "name")
    } else if name.isEmpty || name.contains(where: { ",={}\"".contains($0) }) {
      reader.report("an arm's name must not be empty nor hold , = { } or quotes", key: "name")
    }
  }

  private init() {}

  package init(reading reader: ObjectReader) {
    _ = read(reader)
    patch = CellSpec.patch(reader)
    reader.finish()
  }

  /// Reads the list under `"arms"`.
  static func read(_ value: JSONValue, _ reader: ObjectReader) -> [Arm] {
    guard let elements = value.elements, !elements.isEmpty else {
      let found = value.elements == nil ? value.kindName : "an empty one"
      reader.report(
        "\"arms\" must be a list of one object or more, found \(found)", key: "arms",
        advice: "for example [{\"name\": \"plain\"}], which trains without a method")
      return []
    }
    var arms: [Arm] = []
    for element in elements {
      let inner = reader.nested(element)
      let arm = Arm(reading: inner)
      if element["name"]?.stringValue != nil, arms.contains(where: { $0.name == arm.name }) {
        inner.report("there are two arms called \"\(arm.name)\"", key: "name")
      } else {
        arms.append(arm)
      }
    }
    return arms
  }

  /// An arm without changes, for looking at a study that has none of its own.
  static func plain(at place: SourceLocation) -> Arm {
    var arm = Arm()
    arm.patch = JSONValue(.object([]), at: place)
    return arm
  }
}
