import Canonical

/// A finished run with all that is kept of it.
package struct FinishedRun: Sendable {
  /// What goes into tables.
  package var record: RunRecord
  /// What it took.
  package var timing: RunTiming
  /// What goes into the files below `series/`.
  package var series: [Series]

  package init(record: RunRecord, timing: RunTiming, series: [Series]) {
    self.record = record
    self.timing = timing
    self.series = series
  }
}

extension FinishedRun {
  /// The run with its axes in the order of a study's: a line of the journal has them in the order of
  /// their names. Axes that the study does not have come last.
  package func ordered(by axes: [String]) -> FinishedRun {
    var run = self
    run.record.axes.sort {
      (axes.firstIndex(of: $0.key) ?? axes.count) < (axes.firstIndex(of: $1.key) ?? axes.count)
    }
    return run
  }

  /// A line of the journal.
  var json: JSONValue {
    var json = JSONValue.object(["record": record.json, "timing": timing.json])
    if !series.isEmpty { json["series"] = .array(series.map(\.json)) }
    return json
  }

  /// Reads a line of the journal, also one of an earlier version, where the record was a piece of
  /// runs.csv and the timing a list of its fields. Nil if it is anything else, or if the series are
  /// not those of the record.
  init?(_ json: JSONValue) {
    let record: RunRecord?
    let timing: RunTiming?
    if let text = json["record"]?.stringValue {
      record = (try? RecordedRuns(text, file: ""))?.records.first
      let fields = json["timing"]?.elements?.compactMap(\.stringValue)
      timing = fields.flatMap { RunTiming(fields: $0) }
    } else {
      record = json["record"].flatMap { RunRecord($0) }
      timing = json["timing"].flatMap { timing in record.flatMap { RunTiming(timing, id: $0.id) } }
    }
    guard let record, let timing else { return nil }
    let series = (json["series"]?.elements ?? []).compactMap { Series($0) }
    guard Series.digest(series) == record.seriesDigest else { return nil }
    self.init(record: record, timing: timing, series: series)
  }
}
