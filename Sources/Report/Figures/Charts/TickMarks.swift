import Canonical
import Glibc

/// Where an axis has its marks, and what stands beside them.
struct TickMarks {
  /// A mark.
  struct Tick: Equatable {
    /// Its place on the axis.
    var value: Double
    /// What stands beside it.
    var label: String
  }

  /// The marks in ascending order.
  var ticks: [Tick]

  /// Round numbers in a range, about `count` of them: steps of 1, 2 or 5 times a power of ten.
  static func linear(_ range: ClosedRange<Double>, count: Int) -> TickMarks {
    let step = niceStep((range.upperBound - range.lowerBound) / Double(max(1, count)))
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard first <= last, last - first < 100 else { return TickMarks(ticks: []) }
    let decimals = DecimalText.decimals(of: step)
    let values = stride(from: first, through: last, by: 1).map { $0 * step }
    let isGrouped = decimals == 0 && values.allSatisfy { abs($0) < 1e15 }
    return TickMarks(
      ticks: values.map { value in
        let usesPowers = max(abs(range.lowerBound), abs(range.upperBound)) < 1e-3
        let label =
          isGrouped
          ? DecimalText.grouped(Int(value.rounded()))
          : usesPowers ? power(value) : DecimalText.fixed(value, decimals: decimals)
        return Tick(value: value, label: label.replacing("-", with: "−"))
      })
  }

  /// Powers of ten in a range of positive numbers, with numbers between them where there is room for
  /// about so many.
  static func logarithmic(_ range: ClosedRange<Double>, count: Int) -> TickMarks {
    let lowest = Int(log10(range.lowerBound).rounded(.down))
    let highest = Int(log10(range.upperBound).rounded(.up))
    let low = range.lowerBound * (1 - 1e-9)
    let high = range.upperBound * (1 + 1e-9)
    func marks(_ factors: [Double], every: Int) -> [Double] {
      var values: [Double] = []
      for exponent in lowest...highest where exponent % every == 0 {
        let power = pow(10, Double(exponent))
        for factor in factors where factor * power >= low && factor * power <= high {
          values.append(factor * power)
        }
      }
      return values
    }
    let dense: [[Double]] = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3]]
    var choices = dense.map { marks($0, every: 1) }
    for every in 1...max(1, highest - lowest) { choices.append(marks([1], every: every)) }
    return at(choices.first { $0.count <= count + 3 } ?? [])
  }

  /// Marks at given places.
  static func at(_ values: [Double]) -> TickMarks {
    TickMarks(ticks: values.sorted().map { Tick(value: $0, label: label($0)) })
  }

  /// A number as an axis shows it: in full where it is short, otherwise with a power of ten.
  static func label(_ value: Double) -> String {
    let size = abs(value)
    if size == 0 { return "0" }
    if size >= 1000, size < 1e6, size == size.rounded() {
      return DecimalText.grouped(Int(value)).replacing("-", with: "−")
    }
    if size >= 1e-3, size < 1e6 {
      let digits = Int(log10(size).rounded(.down))
      let text = DecimalText.fixed(value, decimals: max(0, 2 - digits))
      return trimmed(text).replacing("-", with: "−")
    }
    return power(value)
  }

  /// `2·10⁻⁵`.
  private static func power(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    var exponent = Int(log10(abs(value)).rounded(.down))
    var mantissa = trimmed(DecimalText.fixed(value / pow(10, Double(exponent)), decimals: 2))
    if mantissa == "10" {
      mantissa = "1"
      exponent += 1
    }
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let raised = String(
      String(exponent).map { $0 == "-" ? "⁻" : digits[$0.wholeNumberValue ?? 0] })
    let ten = "10\(raised)"
    return mantissa == "1" ? ten : "\(mantissa)·\(ten)".replacing("-", with: "−")
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// The step of 1, 2 or 5 times a power of ten that is nearest to `rough` in ratio.
  private static func niceStep(_ rough: Double) -> Double {
    guard rough > 0, rough.isFinite else { return 1 }
    let scale = pow(10, log10(rough).rounded(.down))
    let steps = [1.0, 2, 5, 10].map { $0 * scale }
    return steps.min { abs(log($0 / rough)) < abs(log($1 / rough)) } ?? scale
  }
}
