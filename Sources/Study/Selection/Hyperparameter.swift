import Canonical

/// A number that a regularizer is set to, by the name that the config gives it.
package struct Hyperparameter: Hashable, Sendable {
  /// The key, for example `drop`; with its regularizer's name in front where one arm has it twice.
  package let name: String
  package let value: Double

  package init(name: String, value: Double) {
    self.name = name
    self.value = value
  }

  /// `drop=0.4`.
  package var text: String { "\(name)=\(value.shortestText)" }

  /// The same with four significant digits.
  var shortText: String { "\(name)=\(Self.rounded(value, digits: 4).shortestText)" }

  /// `value` rounded to a number of significant decimal digits.
  static func rounded(_ value: Double, digits: Int) -> Double {
    guard value.isFinite, value != 0 else { return value }
    // Scaling by powers of ten up to 10²² is exact; beyond that the value is printed as it is.
    var scale = 1.0
    var shift = 0
    let limit = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    while abs(value) * scale < limit / 10, shift < 22 {
      scale *= 10
      shift += 1
    }
    guard shift < 22, abs(value) * scale < limit * 10 else { return value }
    return (value * scale).rounded() / scale
  }
}

/// Where in a cell's document a hyper-parameter stands, and what it is called.
struct HyperparameterPlace: Sendable {
  let path: DocumentPath
  /// The key; with its regularizer in front where the arm has the key already, and with a number
  /// where that is taken too.
  let name: String

  /// Every number of the regularizers, and whatever else is selected, in written order.
  static func all(
    in document: JSONValue, selections: [Selection], n: Double?
  ) -> [HyperparameterPlace] {
    var found: [HyperparameterPlace] = []
    func add(_ path: DocumentPath, _ key: String, owner: String) {
      let names = Set(found.map(\.name))
      var name = names.contains(key) ? "\(owner).\(key)" : key
      var count = 2
      while names.contains(name) {
        name = "\(owner)\(count).\(key)"
        count += 1
      }
      found.append(HyperparameterPlace(path: path, name: name))
    }
    let selected = Set(selections.map(\.path))
    for (index, regularizer) in (document["regularizers"]?.elements ?? []).enumerated() {
      let owner = regularizer["name"]?.stringValue ?? "regularizer"
      for member in regularizer.members ?? [] where !["name", "note"].contains(member.name) {
        let path = DocumentPath(steps: ["regularizers", String(index), member.name])
        if selected.contains(path) || Selection.number(member.value, n: n) != nil {
          add(path, member.name, owner: owner)
        }
      }
    }
    for selection in selections where !found.contains(where: { $0.path == selection.path }) {
      guard let key = selection.path.steps.last, Int(key) == nil else { continue }
      add(selection.path, key, owner: "cell")
    }
    return found
  }
}
