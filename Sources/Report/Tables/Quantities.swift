/// Numbers as people read them.
package enum Quantities {
  /// A length of time in two units at most: `0.3 s`, `8 s`, `1 min 20 s`, `3 h 05 min`, `2 d 4 h`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "unknown" }
    if seconds < 9.95 { return "\(DecimalText.fixed(seconds, decimals: 1)) s" }
    let whole = Int(seconds.rounded())
    let (minutes, hours, days) = (whole / 60, whole / 3600, whole / 86_400)
    if minutes == 0 { return "\(whole) s" }
    if hours == 0 { return "\(minutes) min \(twoDigits(whole % 60)) s" }
    if days == 0 { return "\(hours) h \(twoDigits(minutes % 60)) min" }
    return "\(days) d \(hours % 24) h"
  }

  /// `900 bytes`, `6 kB`, `1.2 MB`, `3.4 GB`: at least as much as there is.
  package static func bytes(_ count: Int) -> String {
    guard count >= 1000 else { return self.count(count, "byte") }
    var (value, unit) = (Double(count) / 1000, "kB")
    for larger in ["MB", "GB", "TB"] where value > 999 { (value, unit) = (value / 1000, larger) }
    return unit == "kB" || value > 99
      ? "\(Int(value.rounded(.up))) \(unit)"
      : "\(DecimalText.fixed((value * 10).rounded(.up) / 10, decimals: 1)) \(unit)"
  }

  /// `1 run`, `2 runs`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(DecimalText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}

extension Sequence where Element: Hashable & CaseIterable {
  /// How often each kind occurs, those that do, in the order of their definition.
  var counts: [(kind: Element, count: Int)] {
    let all = reduce(into: [:]) { counts, kind in counts[kind, default: 0] += 1 }
    return Element.allCases.compactMap { kind in all[kind].map { (kind, $0) } }
  }
}
