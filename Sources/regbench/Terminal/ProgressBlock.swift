import Canonical
import Report
import Runner

/// A study's progress as the lines of a block that is drawn over: the counts, then what each worker
/// is busy with.
struct ProgressBlock {
  private var title: String
  private var status: RunStatus?
  private var workers: [Int: (cell: RunningCell, progress: CellProgress?)] = [:]
  private var isStopping = false

  init(title: String) { self.title = title }

  /// Takes in what happened.
  mutating func update(_ event: RunEvent) {
    switch event {
    case .started(let cell, _): workers[cell.worker] = (cell, nil)
    case .progress(let cell, let progress): workers[cell.worker] = (cell, progress)
    case .finished(let cell, _, _), .retrying(let cell, _, _), .givenUp(let cell, _):
      workers[cell.worker] = nil
    case .failed(let failed):
      workers = workers.filter { $0.value.cell.id != failed.id }
    case .status(let status): self.status = status
    case .stopping: isStopping = true
    case .interrupted: workers = [:]
    case .budgetIsSpent: isStopping = true
    case .preparing, .found, .taken, .incomplete, .setAside, .fewerJobs, .planned, .evaluated,
      .checkpointed, .notSaved, .checkpointsStay, .waiting:
      break
    }
  }

  /// The block's lines, none wider than `columns`; none before there is anything to count.
  func lines(columns: Int, terminal: Terminal) -> [String] {
    guard let status else { return [] }
    var lines = [counts(status, terminal)]
    for (_, worker) in workers.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "  " + worker.cell.cell.name.oneLine + (worker.progress.map(Self.describe) ?? ""))
    }
    if isStopping {
      lines.append("stopping: each worker finishes its batch and saves its state")
    }
    return lines.map { Self.cut($0, to: columns - 1) }
  }

  /// What matters most first: a narrow terminal cuts the end.
  private func counts(_ status: RunStatus, _ terminal: Terminal) -> String {
    let time = status.remainingSeconds.map { "\(Quantities.duration($0)) to go  " } ?? ""
    var parts = [
      "\(status.finished) of \(status.total) runs done", "\(status.running) running",
    ]
    if status.failed > 0 { parts.append(terminal.colored("\(status.failed) failed", .red)) }
    if status.imagesPerSecond > 0 {
      parts.append("\(DecimalText.grouped(Int(status.imagesPerSecond))) images/s")
    }
    let percent = Int(100 * status.share)
    return
      "\(time)\(Self.bar(status.share)) \(percent) %  \(parts.joined(separator: ", "))  \(title)"
  }

  /// The share of the study's work that is done.
  private static func bar(_ share: Double) -> String {
    let full = Int((Double(barWidth) * min(1, max(0, share))).rounded(.down))
    return String(repeating: "█", count: full) + String(repeating: "░", count: barWidth - full)
  }

  private static let barWidth = 10

  static func describe(_ progress: CellProgress) -> String {
    let share = progress.total > 0 ? progress.update * 100 / progress.total : 100
    return "  \(share) %, loss \(DecimalText.fixed(progress.loss, decimals: 3))"
  }

  /// How many columns a line takes; escape codes take none.
  static func width(of line: String) -> Int {
    var isEscape = false
    return line.count { character in
      if character == "\u{1B}" { isEscape = true }
      defer { if isEscape, character == "m" { isEscape = false } }
      return !isEscape
    }
  }

  /// The first `width` characters that are seen; escape codes take no room.
  static func cut(_ line: String, to width: Int) -> String {
    var result = ""
    var room = width
    var isEscape = false
    for character in line {
      if character == "\u{1B}" { isEscape = true }
      if isEscape {
        result.append(character)
        if character == "m" { isEscape = false }
      } else if room > 0 {
        result.append(character)
        room -= 1
      }
    }
    return result
  }
}
