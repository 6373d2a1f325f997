import Canonical

/// A patch to the cells that a condition names: one recipe for each network, data set or arm.
struct Override: Configurable {
  private var when: JSONValue?
  private var set: JSONValue?
  private(set) var filter = CellFilter()
  private(set) var patch = JSONValue.object([JSONValue.Member]())

  static let blank = Override()
  static let fields: [Field<Override>] = [
    .written(
      "when", \.when, .required, "axes and arm with the values that they must have",
      schema: Schema.anyObject),
    .written(
      "set", \.set, .required, "keys of a cell", schema: Schema.reference(CellSpec.patchDefinition)),
  ]

  private init() {}

  /// Reads an override of a study with these axes and arms.
  init(reading reader: ObjectReader, axes: [Axis], arms: [String]) {
    self.init(reading: reader)
    filter = CellFilter(reading: when, axes: axes, arms: arms, reader.diagnostics)
    guard let set else { return }
    let keys = reader.nested(set)
    patch = CellSpec.patch(keys)
    keys.finish()
  }
}

extension CellSpec {
  /// What the definition of a patch's schema is called.
  static let patchDefinition = "cell" + SchemaPatch.suffix

  /// The members of an object that patch a cell, in the order of a cell's keys.
  static func patch(_ reader: ObjectReader) -> JSONValue {
    let members = keyNames.filter { reader.has($0) }.flatMap { key in
      (reader.value.members ?? []).filter { $0.name == key }
    }
    return JSONValue(.object(members), at: reader.value.location)
  }
}
