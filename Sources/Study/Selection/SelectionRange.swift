import Canonical
import Glibc

/// Candidates that are not written one by one: `{"from": 0.1, "to": 0.8, "steps": 8}`, with
/// `"scale": "log"` for equal ratios instead of equal distances, or `{"from": 1e-4, "to": 1,
/// "random": 20, "scale": "log"}` for random search. The ends may be expressions in n.
struct SelectionRange: Configurable {
  /// How candidates lie between the ends.
  enum Scale: String, CaseIterable {
    /// At equal distances.
    case linear
    /// At equal ratios.
    case log
  }

  private var from = 0.0
  private var to = 0.0
  private var scale = Scale.linear
  private var random: Int?
  private var steps = 2
  private var seed = 1

  /// More candidates than this are taken for a mistake.
  private static let maximum = 10_000
  private static let limit = Double.greatestFiniteMagnitude

  /// What the definition of its schema is called.
  static let definition = "selection-range"

  static let blank = SelectionRange()
  static let fields: [Field<SelectionRange>] = [
    .number("from", \.from, in: -limit...limit, .required, "the first candidate"),
    .number("to", \.to, in: -limit...limit, .required, "the last candidate"),
    .choice(
      "scale", \.scale, .optional, "whether candidates lie at equal distances or equal ratios"),
    .whole("random", \.random, in: 1...maximum, "how many candidates are drawn")
      .alternative(among: counts, .required),
    .whole(
      "steps", \.steps, in: 2...maximum, .required,
      "how many candidates there are, both ends included"
    )
    .when { $0.random == nil }.alternative(among: counts, .required),
    .whole("seed", \.seed, in: 0...Int(UInt32.max), .optional, "the root of the draws"),
  ]

  private static let counts = ["random", "steps"]

  func check(_ reader: ObjectReader) {
    if isDrawn, reader.has("steps") {
      reader.report("\"steps\" and \"random\" exclude each other", key: "steps")
    }
    if !isDrawn, reader.value["seed"] != nil {
      reader.report("\"seed\" is for \"random\" alone", key: "seed")
    }
    guard !reader.diagnostics.hasErrors else { return }
    if from >= to {
      reader.report("\"from\" must be below \"to\"", key: "from")
    } else if scale == .log, from <= 0 {
      reader.report("a logarithmic scale needs \"from\" above 0", key: "from")
    }
  }

  /// Whether the candidates are drawn: those of several selections of one arm then belong together.
  var isDrawn: Bool { random != nil }

  /// The candidates of a selection at `path`; draws depend on it, on their number and on `"seed"`,
  /// and on nothing else.
  func values(at path: DocumentPath, writtenAt location: SourceLocation) -> [JSONValue] {
    let count = random ?? steps
    return (0..<count).map { index in
      let share =
        isDrawn ? draw(path, index) : Double(index) / Double(count - 1)
      let value =
        switch scale {
        case .linear: from + share * (to - from)
        case .log: Glibc.exp(Glibc.log(from) + share * (Glibc.log(to) - Glibc.log(from)))
        }
      // The ends are to be what was written, and 0.1 + 2·0.1 is to be 0.3.
      let clean = Hyperparameter.rounded(min(to, max(from, value)), digits: isDrawn ? 4 : 12)
      return JSONValue(JSONValue.number(clean).content, at: location)
    }
  }

  /// A number in [0, 1).
  private func draw(_ path: DocumentPath, _ index: Int) -> Double {
    let text = "random search\n\(path)\n\(index)\n\(seed)"
    let digits = SHA256.hex(Array(text.utf8)).prefix(13)
    return Double(Int(digits, radix: 16) ?? 0) / Double(1 << 52)
  }
}
