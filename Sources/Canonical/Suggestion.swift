/// Finds what a user probably meant.
package enum Suggestion {
  /// The candidate with the smallest edit distance (insertions, deletions, substitutions and swaps
  /// of neighbours) to `name`, ignoring case; nil if none is near. Of a short name little may be wrong:
  /// two changes lead from any word of four letters to many others.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    let near = candidates.filter { candidate in
      let length = max(name.count, candidate.count)
      return distance(name.lowercased(), candidate.lowercased()) <= max(1, min(3, (length + 1) / 3))
    }
    return nearest(to: name, among: near, within: 3)
  }

  /// The same with a limit of one's own to the distance.
  package static func nearest(
    to name: String, among candidates: [String], within limit: Int
  ) -> String? {
    let scored = candidates.map { ($0, distance(name.lowercased(), $0.lowercased())) }
    guard let best = scored.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
    return best.1 <= limit ? best.0 : nil
  }

  /// The Damerau–Levenshtein distance in its optimal-string-alignment form.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars)
    let b = Array(b.unicodeScalars)
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    for i in a.indices {
      for j in b.indices {
        let cost = a[i] == b[j] ? 0 : 1
        var best = min(rows[i][j + 1] + 1, rows[i + 1][j] + 1, rows[i][j] + cost)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        rows[i + 1][j + 1] = best
      }
    }
    return rows[a.count][b.count]
  }
}
