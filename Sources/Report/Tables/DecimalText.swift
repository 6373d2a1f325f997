/// Numbers as tables print them: a fixed number of decimals, a point, no locale.
package enum DecimalText {
  /// `value` with exactly `decimals` decimals, rounded half away from zero.
  ///
  /// What is rounded is the shortest decimal text that means the same bits, cut to 13 significant
  /// digits: 2.675, which is a little less in binary, and 2.6749999999999998, which a sum may leave
  /// of it, both become 2.68 as a reader expects. Minus zero prints as zero; `nan` and `inf` print
  /// as such.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    var (digits, point) = shortestDigits(value.magnitude)
    if digits.count > significantDigits {
      let roundsUp = digits[significantDigits] >= 5
      digits = Array(digits.prefix(significantDigits))
      if roundsUp { increment(&digits) }
      point += digits.count - significantDigits
    }
    let kept = point + decimals
    var rounded: [UInt8]
    if kept < 0 {
      rounded = []
    } else {
      rounded = Array(digits.prefix(kept))
      rounded += [UInt8](repeating: 0, count: kept - rounded.count)
      if kept < digits.count, digits[kept] >= 5 { increment(&rounded) }
    }
    while rounded.count <= decimals { rounded.insert(0, at: 0) }
    let isZero = rounded.allSatisfy { $0 == 0 }
    let characters = rounded.map { Character(Unicode.Scalar(UInt8(ascii: "0") + $0)) }
    let whole = trimmed(String(characters.dropLast(decimals)))
    let sign = value < 0 && !isZero ? "-" : ""
    return decimals == 0 ? sign + whole : "\(sign)\(whole).\(String(characters.suffix(decimals)))"
  }

  private static let significantDigits = 13

  /// How many decimals the shortest text of `value` has.
  package static func decimals(of value: Double) -> Int {
    guard value.isFinite else { return 0 }
    let (digits, point) = shortestDigits(value.magnitude)
    return max(0, digits.count - point)
  }

  /// A whole number with commas between thousands, as in running text.
  package static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// The digits of a number without leading or trailing zeros, and where the point stands among
  /// them: 0.0123 is ([1, 2, 3], −1).
  private static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let parts = value.description.split(separator: "e")
    if parts.count > 1 { exponent = Int(parts[1]) ?? 0 }
    for byte in parts[0].utf8 {
      if byte == UInt8(ascii: ".") {
        point = digits.count
      } else {
        digits.append(byte - UInt8(ascii: "0"))
      }
    }
    var place = (point ?? digits.count) + exponent
    while digits.last == 0 { digits.removeLast() }
    while digits.first == 0 {
      digits.removeFirst()
      place -= 1
    }
    return digits.isEmpty ? ([], 0) : (digits, place)
  }

  private static func increment(_ digits: inout [UInt8]) {
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits.insert(1, at: 0)
  }

  private static func trimmed(_ whole: String) -> String {
    let significant = whole.drop { $0 == "0" }
    return significant.isEmpty ? "0" : String(significant)
  }
}
