import Canonical

/// What training a run took. Never part of a table.
package struct RunCost: Equatable, Sendable {
  /// Seconds of training and evaluation, in all sessions.
  package var seconds: Double
  /// Images per second while training, evaluation left out, in the last session.
  package var imagesPerSecond: Double
  /// The largest amount of memory that the worker has held, in megabytes.
  package var peakMegabytes: Double
  package var threads: Int
  /// Seconds that writing checkpoints took, in all sessions: part of `seconds`.
  package var checkpointSeconds: Double

  package init(
    seconds: Double, imagesPerSecond: Double, peakMegabytes: Double, threads: Int,
    checkpointSeconds: Double
  ) {
    self.seconds = seconds
    self.imagesPerSecond = imagesPerSecond
    self.peakMegabytes = peakMegabytes
    self.threads = threads
    self.checkpointSeconds = checkpointSeconds
  }
}

/// What a run took and where it was trained: a row of timings.csv. Never part of a table.
package struct RunTiming: Equatable, Sendable {
  /// The run's id.
  package var id: String
  /// When it was finished, as in `2026-11-23T04:05:06Z`; empty where it is not recorded.
  package var date: String
  /// The machine's name.
  package var host: String
  package var cpu: String
  package var cost: RunCost

  package init(id: String, date: String, host: String, cpu: String, cost: RunCost) {
    self.id = id
    self.date = date
    self.host = host
    self.cpu = cpu
    self.cost = cost
  }

  /// The timing of a run of which nothing is recorded.
  static func unknown(_ id: String) -> RunTiming {
    RunTiming(
      id: id, date: "", host: "", cpu: "",
      cost: RunCost(
        seconds: 0, imagesPerSecond: 0, peakMegabytes: 0, threads: 1, checkpointSeconds: 0))
  }
}

extension RunTiming {
  private static let columns = [
    "id", "date", "host", "cpu", "threads", "seconds", "images_per_second", "peak_mb",
    "checkpoint_seconds",
  ]

  private var fields: [String] {
    [
      id, date, host, cpu, String(cost.threads), cost.seconds.shortestText,
      cost.imagesPerSecond.shortestText, cost.peakMegabytes.shortestText,
      cost.checkpointSeconds.shortestText,
    ]
  }

  /// Reads what `fields` gave; nil if it is anything else. The last columns may be absent, as they were
  /// in earlier versions.
  init?(fields: [String]) { self.init(columns: Self.columns, fields: fields) }

  private init?(columns: [String], fields: [String]) {
    let values = Dictionary(zip(columns, fields)) { first, _ in first }
    func number(_ name: String) -> Double { values[name].flatMap { Double($0) } ?? 0 }
    guard let id = values["id"], let seconds = values["seconds"].flatMap({ Double($0) }),
      let threads = values["threads"].flatMap({ Int($0) })
    else { return nil }
    self.init(
      id: id, date: values["date"] ?? "", host: values["host"] ?? "", cpu: values["cpu"] ?? "",
      cost: RunCost(
        seconds: seconds, imagesPerSecond: number("images_per_second"),
        peakMegabytes: number("peak_mb"), threads: threads,
        checkpointSeconds: number("checkpoint_seconds")))
  }

  /// A whole timings.csv.
  static func csv(_ timings: [RunTiming]) -> String {
    CSV.row(columns) + timings.map { CSV.row($0.fields) }.joined()
  }

  /// The rows of a timings.csv; those that are not understood are left out, since no result depends on
  /// them.
  package static func parse(_ text: String) -> [RunTiming] {
    guard case .success(let rows) = CSV.parse(text), let header = rows.first?.fields else {
      return []
    }
    return rows.dropFirst().compactMap { RunTiming(columns: header, fields: $0.fields) }
  }

  /// For the journal.
  var json: JSONValue {
    .object([
      "date": .string(date), "host": .string(host), "cpu": .string(cpu),
      "threads": .number(cost.threads), "seconds": .exact(cost.seconds),
      "images_per_second": .exact(cost.imagesPerSecond), "peak_mb": .exact(cost.peakMegabytes),
      "checkpoint_seconds": .exact(cost.checkpointSeconds),
    ])
  }

  /// Reads what `json` wrote; nil if anything is missing.
  init?(_ json: JSONValue, id: String) {
    guard let threads = json["threads"]?.intValue, let seconds = json["seconds"]?.exactDouble,
      let speed = json["images_per_second"]?.exactDouble, let peak = json["peak_mb"]?.exactDouble
    else { return nil }
    self.init(
      id: id, date: json["date"]?.stringValue ?? "", host: json["host"]?.stringValue ?? "",
      cpu: json["cpu"]?.stringValue ?? "",
      cost: RunCost(
        seconds: seconds, imagesPerSecond: speed, peakMegabytes: peak, threads: threads,
        checkpointSeconds: json["checkpoint_seconds"]?.exactDouble ?? 0))
  }
}
