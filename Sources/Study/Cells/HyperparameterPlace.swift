import Canonical

/// Where in a cell's document a hyper-parameter stands, and what it is called.
struct HyperparameterPlace: Sendable {
  let place: [Selection.Step]
  /// The key; with its regularizer in front where the arm has the key already, and with a number
  /// where that is taken too.
  let name: String

  /// Every number of the regularizers, and whatever else is selected, in written order.
  static func all(
    in document: JSONValue, selections: [Selection], n: Double?
  ) -> [HyperparameterPlace] {
    var found: [HyperparameterPlace] = []
    func add(_ place: [Selection.Step], _ key: String, owner: String) {
      let names = Set(found.map(\.name))
      var name = names.contains(key) ? "\(owner).\(key)" : key
      var count = 2
      while names.contains(name) {
        name = "\(owner)\(count).\(key)"
        count += 1
      }
      found.append(HyperparameterPlace(place: place, name: name))
    }
    let selected = Set(selections.map(\.place))
    for (index, regularizer) in (document["regularizers"]?.elements ?? []).enumerated() {
      let owner = regularizer["name"]?.stringValue ?? "regularizer"
      for member in regularizer.members ?? [] where !["name", "note"].contains(member.name) {
        let place: [Selection.Step] = [
          .member("regularizers"), .element(index), .member(member.name),
        ]
        if selected.contains(place) || Selection.number(member.value, n: n) != nil {
          add(place, member.name, owner: owner)
        }
      }
    }
    for selection in selections where !found.contains(where: { $0.place == selection.place }) {
      guard case .member(let key) = selection.place.last else { continue }
      add(selection.place, key, owner: "cell")
    }
    return found
  }
}
