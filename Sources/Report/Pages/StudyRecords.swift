import Study

/// Everything that a page shows of one result folder.
package struct StudyRecords: Sendable {
  /// The folder as it was named.
  package var folder: String
  /// The study as it was run.
  package var study: StudySpec
  /// The finished runs.
  package var records: [RunRecord]
  /// The tables made of them.
  package var table: ResultTable
  /// The figures made of them.
  package var figures: FigureSet
  /// Where they come from; nil where that is not recorded.
  package var provenance: Provenance?
  /// What runs took, by id.
  package var times: [String: RunTime]
  /// What the person who ran it writes about it, in paragraphs; from notes.md.
  package var commentary: [String]

  /// A run's time and place.
  package struct RunTime: Sendable, Equatable {
    /// When it was finished.
    package var date: String
    /// The machine.
    package var host: String
    /// How long it took.
    package var seconds: Double
    /// With how many threads.
    package var threads: Int

    /// The rows of a `timings.csv`, by run; rows that are not understood are left out, since no
    /// result depends on them.
    static func parse(_ text: String) -> [String: RunTime] {
      guard case .success(let rows) = CSV.parse(text), let header = rows.first?.fields else {
        return [:]
      }
      var times: [String: RunTime] = [:]
      for row in rows.dropFirst() where row.fields.count == header.count {
        let fields = Dictionary(zip(header, row.fields)) { first, _ in first }
        guard let id = fields["id"], let seconds = fields["seconds"].flatMap(Double.init) else {
          continue
        }
        times[id] = RunTime(
          date: fields["date"] ?? "", host: fields["host"] ?? "", seconds: seconds,
          threads: fields["threads"].flatMap(Int.init) ?? 1)
      }
      return times
    }
  }

  /// Seconds of one core that all runs took; nil where nothing is recorded.
  var totalSeconds: Double? {
    let known = records.compactMap { times[$0.id] }
    return known.isEmpty
      ? nil : known.reduce(0) { $0 + $1.seconds * Double($1.threads) }
  }
}
