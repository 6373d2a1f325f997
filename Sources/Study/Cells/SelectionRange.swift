import Canonical
import Glibc

/// Candidates that are not written one by one: `{"from": 0.1, "to": 0.8, "steps": 8}`, with
/// `"scale": "log"` for equal ratios instead of equal distances, or `{"from": 1e-4, "to": 1,
/// "random": 20, "scale": "log"}` for random search. The ends may be expressions in n.
struct SelectionRange {
  /// How candidates lie between the ends.
  enum Scale: String, CaseIterable {
    /// At equal distances.
    case linear
    /// At equal ratios.
    case log
  }

  /// The candidates; empty after an error.
  let values: [JSONValue]
  /// Whether they were drawn: those of several selections of one arm then belong together.
  let isDrawn: Bool

  /// More candidates than this are taken for a mistake.
  private static let most = 10_000

  /// Reads the object; the reader's diagnostics are this reading's alone. `place` names the
  /// selection; the draws depend on it, on their number and on `"seed"`, and on nothing else.
  init(reading reader: ObjectReader, place: [Selection.Step]) {
    let diagnostics = reader.diagnostics
    let limit = Double.greatestFiniteMagnitude
    let from = reader.double("from", in: -limit...limit)
    let to = reader.double("to", in: -limit...limit)
    let scale: Scale = reader.choice("scale", default: .linear)
    isDrawn = reader.has("random")
    var count = 2
    if isDrawn {
      count = reader.int("random", in: 1...Self.most)
      if reader.has("steps") {
        reader.report("\"steps\" and \"random\" exclude each other", key: "steps")
      }
    } else {
      count = reader.int("steps", in: 2...Self.most)
    }
    let seed = reader.int("seed", default: 1, in: 0...Int(UInt32.max))
    if !isDrawn, reader.value["seed"] != nil {
      reader.report("\"seed\" is for \"random\" alone", key: "seed")
    }
    if !diagnostics.hasErrors {
      if from >= to {
        reader.report("\"from\" must be below \"to\"", key: "from")
      } else if scale == .log, from <= 0 {
        reader.report("a logarithmic scale needs \"from\" above 0", key: "from")
      }
    }
    reader.finish()
    guard !diagnostics.hasErrors else {
      values = []
      return
    }
    let isDrawn = isDrawn
    values = (0..<count).map { index in
      let share =
        isDrawn
        ? Self.draw(place, index, seed: seed) : Double(index) / Double(count - 1)
      let value: Double
      switch scale {
      case .linear: value = from + share * (to - from)
      case .log: value = Glibc.exp(Glibc.log(from) + share * (Glibc.log(to) - Glibc.log(from)))
      }
      // The ends are to be what was written, and 0.1 + 2·0.1 is to be 0.3.
      let clean = Hyperparameter.rounded(min(to, max(from, value)), digits: isDrawn ? 4 : 12)
      return JSONValue(JSONValue.number(clean).content, at: reader.value.location)
    }
  }

  /// A number in [0, 1) from the place, the candidate's number and the seed.
  private static func draw(_ place: [Selection.Step], _ index: Int, seed: Int) -> Double {
    let steps = place.map { step in
      switch step {
      case .member(let name): name
      case .element(let number): String(number)
      }
    }
    let text = "random search\n\(steps.joined(separator: "."))\n\(index)\n\(seed)"
    let digits = SHA256.hex(Array(text.utf8)).prefix(13)
    return Double(Int(digits, radix: 16) ?? 0) / Double(1 << 52)
  }
}
