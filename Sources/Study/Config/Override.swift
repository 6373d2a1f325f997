import Canonical

/// A patch to the cells that a condition names: one recipe for each network, data set or arm.
struct Override: Sendable {
  let filter: CellFilter
  let patch: JSONValue

  /// Reads `{"when": {…}, "set": {…}}`.
  init(reading reader: ObjectReader, axes: [Axis], arms: [String]) {
    filter = CellFilter(
      reading: reader.raw("when"), axes: axes, arms: arms, reader.diagnostics)
    if !reader.has("when") { reader.report("missing key \"when\"") }
    let set = reader.raw("set")
    if set == nil { reader.report("missing key \"set\"") }
    let patch = ObjectReader(set ?? .object([JSONValue.Member]()), reader.diagnostics)
    for key in CellSpec.keys { _ = patch.has(key) }
    patch.finish()
    let known = (set?.members ?? []).filter { CellSpec.keys.contains($0.name) }
    self.patch = JSONValue(.object(known), at: set?.location ?? reader.value.location)
    reader.finish()
  }
}
