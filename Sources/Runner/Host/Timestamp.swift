import Glibc

/// The time of day, for the record.
package enum Timestamp {
  /// Now in UTC, as in `2026-11-23T04:05:06Z`.
  package static var now: String {
    text(time(nil)) + "Z"
  }

  /// Now in UTC with milliseconds, as in `2026-11-23T04:05:06.789Z`.
  static var nowInMilliseconds: String {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    let digits = String(1000 + moment.tv_nsec / 1_000_000).dropFirst()
    return "\(text(moment.tv_sec)).\(digits)Z"
  }

  private static func text(_ moment: time_t) -> String {
    var seconds = moment
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S", &parts)
    return String(decoding: text[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
