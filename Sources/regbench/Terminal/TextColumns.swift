/// Rows of short texts in aligned columns: the first column to the left, the others to the right.
struct TextColumns {
  private var rows: [[String]] = []
  private let leftAligned: Set<Int>

  /// Starts with the head; `leftAligned` are the columns of words, from 0.
  init(_ head: [String], leftAligned: Set<Int> = [0]) {
    self.leftAligned = leftAligned
    rows = [head]
  }

  /// Adds a row.
  mutating func append(_ row: [String]) { rows.append(row) }

  /// The rows, one a line, each ending with a newline.
  var text: String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return leftAligned.contains(column) ? cell + padding : padding + cell
      }
      return String(cells.joined(separator: "  ").trimmingEnd()) + "\n"
    }.joined()
  }
}

extension String {
  fileprivate func trimmingEnd() -> Substring {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
