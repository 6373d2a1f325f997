import Canonical

/// What a run took and where it was trained. Never part of a table.
struct RunTiming: Equatable {
  /// The run's id.
  var id: String
  /// When it was finished, as in `2026-11-23T04:05:06Z`.
  var date: String
  /// The machine's name.
  var host: String
  var cpu: String
  /// Seconds, speed, memory, threads.
  var cost: CellCost

  /// The columns of timings.csv.
  static let columns = [
    "id", "date", "host", "cpu", "threads", "seconds", "images_per_second", "peak_mb",
    "checkpoint_seconds",
  ]

  /// The fields in the order of `columns`.
  var fields: [String] {
    [
      id, date, host, cpu, String(cost.threads), cost.seconds.shortestText,
      cost.imagesPerSecond.shortestText, cost.peakMegabytes.shortestText,
      cost.checkpointSeconds.shortestText,
    ]
  }

  /// A timing from its parts.
  init(id: String, date: String, host: String, cpu: String, cost: CellCost) {
    self.id = id
    self.date = date
    self.host = host
    self.cpu = cpu
    self.cost = cost
  }

  /// Reads what `fields` gave; nil if it is anything else. The last column may be absent, as it was
  /// before checkpoints were timed.
  init?(fields: [String]) {
    guard [Self.columns.count, Self.columns.count - 1].contains(fields.count),
      let threads = Int(fields[4]),
      let seconds = Double(fields[5]), let speed = Double(fields[6]), let peak = Double(fields[7])
    else { return nil }
    self.init(
      id: fields[0], date: fields[1], host: fields[2], cpu: fields[3],
      cost: CellCost(
        seconds: seconds, imagesPerSecond: speed, peakMegabytes: peak, threads: threads,
        checkpointSeconds: fields.count > 8 ? Double(fields[8]) ?? 0 : 0))
  }
}
