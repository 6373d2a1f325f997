import Canonical
import Testing

@testable import Study

/// Every typing mistake of one character in every key of a study: all must be errors, and nearly
/// all must lead to the right key.
@Suite struct TypingMistakeTests {
  private static let text = """
    {
      "study": "s", "title": "t", "note": "n", "task": "classification", "seed": 1, "trials": 1,
      "dataset": {"name": "mnist-5k", "validation": 500, "scale": "1/256", "unverified": false},
      "axes": {"network": ["lenet", {"name": "mlp", "hidden": [8], "activation": "relu"}],
               "trainSize": [300]},
      "training": {"batch": 10, "iterations": 5, "lastBatch": "wrap", "initializer": "caffe-xavier",
        "optimizer": {"name": "sgd", "style": "caffe", "momentum": 0.5, "weightDecay": 0.1,
          "multipliers": [{"parameters": "*.bias", "learningRate": 2, "weightDecay": 1}]},
        "learningRate": {"schedule": "inv", "base": 0.1, "gamma": 0.2, "power": 0.7}},
      "evaluation": {"every": 2},
      "arms": [{"name": "a", "regularizers": [{"name": "dropout", "drop": {"select": [0.5]}}]},
        {"name": "b", "regularizers": [{"name": "shakeout", "tanhScale": 1, "at": "fc2.input",
          "tau": {"select": [0], "relativeTo": "a.drop"}, "c": 0.1}]}],
      "overrides": [{"when": {"network": "mlp", "arm": "a"}, "set": {"training": {"batch": 20}}}],
      "reproduces": [{"paper": "shakeout", "table": "table3", "when": {"arm": "a"}, "row": "500",
        "column": "Dropout", "metric": "test_error", "margin": 1}],
      "reduced": "r", "figures": ["filters"], "profiles": {}
    }
    """

  /// Names with the places where they stand.
  private func names(in value: JSONValue) -> [JSONValue.Member] {
    (value.members ?? []).flatMap { [$0] + names(in: $0.value) }
      + (value.elements ?? []).flatMap { names(in: $0) }
  }

  /// The name with one character left out, doubled, replaced, put in, or swapped with the next.
  private func mistakes(in name: String) -> Set<String> {
    let letters = Array(name)
    var found: Set<String> = []
    for index in letters.indices {
      for replacement in ["", "\(letters[index])\(letters[index])", "q", "\(letters[index])e"] {
        var copy = letters.map { String($0) }
        copy[index] = replacement
        found.insert(copy.joined())
      }
      if index + 1 < letters.count {
        var copy = letters
        copy.swapAt(index, index + 1)
        found.insert(String(copy))
      }
    }
    found.remove(name)
    return found
  }

  @Test func `one wrong character is an error that names the right key`() throws {
    _ = try StudyFixture.load(Self.text).printingErrors()
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    let document = try JSONParser.parse(Array(Self.text.utf8), file: "x").get()
    var (tried, helped) = (0, 0)
    var silent: [String] = []
    for member in names(in: document) {
      let place = member.nameLocation
      for mistake in mistakes(in: member.name) {
        var changed = lines.map { Array($0) }
        changed[place.line - 1].replaceSubrange(
          place.column..<place.column + member.name.count, with: Array(mistake))
        tried += 1
        guard
          case .failure(let error) = StudyFixture.load(
            changed.map { String($0) }.joined(separator: "\n"))
        else {
          Issue.record("\"\(mistake)\" for \"\(member.name)\" was accepted")
          continue
        }
        if error.text.contains("did you mean \"\(member.name)\"?") {
          helped += 1
        } else {
          silent.append("\(member.name) → \(mistake)")
        }
      }
    }
    #expect(tried > 1000)
    #expect(Double(helped) >= 0.95 * Double(tried), "\(tried - helped) of \(tried): \(silent)")
  }
}
