import Canonical
import Runner
import System

/// Shows a study's progress on standard error: a block that is redrawn on a terminal, elsewhere one
/// plain line per finished run that begins with the time of day, only failures where quiet was asked
/// for.
final class ProgressDisplay: RunObserver {
  /// How much is shown.
  enum Style {
    case quiet
    case lines
    /// Lines, and how far each run is every few seconds.
    case following
    case block(Terminal)

    /// What standard error can show.
    static func fitting(_ terminal: Terminal) -> Style {
      terminal.redraws ? .block(terminal) : .lines
    }
  }

  private let style: Style
  private let sentences: RunSentences
  private var block: ProgressBlock
  private var drawn = DrawnLines()
  private var status: RunStatus?
  private var done = 0
  private var told: [String: Double] = [:]
  private static let followSeconds = 5.0

  init(title: String, style: Style, sentences: RunSentences) {
    self.style = style
    self.sentences = sentences
    block = ProgressBlock(title: title)
  }

  func handle(_ event: RunEvent) {
    if case .status(let status) = event { self.status = status }
    if case .planned(let plan) = event { done = plan.finished }
    if case .finished = event { done += 1 }
    switch style {
    case .quiet:
      if case .failed = event { sentences.sentences(for: event).forEach(StandardStreams.talk) }
    case .lines:
      lines(for: event).forEach(log)
    case .following:
      lines(for: event).forEach(log)
      if case .progress(let cell, let progress) = event { follow(cell, progress) }
    case .block(let terminal):
      block.update(event)
      redraw(above: sentences.sentences(for: event), on: terminal)
    }
  }

  /// Takes the block away, so that what comes next begins on a clean line.
  func clear() {
    guard case .block(let terminal) = style else { return }
    StandardStreams.draw(drawn.erasure(columns: terminal.columns))
    drawn = DrawnLines()
  }

  /// A line where nothing can be drawn over.
  private func log(_ line: String) { StandardStreams.talk("\(TimeOfDay.now) \(line)") }

  /// A run's progress, at most every few seconds.
  private func follow(_ cell: RunningCell, _ progress: CellProgress) {
    let now = MonotonicClock.seconds()
    guard now - (told[cell.id] ?? -.infinity) >= Self.followSeconds else { return }
    told[cell.id] = now
    log("  " + cell.cell.name + ProgressBlock.describe(progress))
  }

  private func lines(for event: RunEvent) -> [String] {
    if case .finished(let cell, let record, let seconds) = event {
      return [sentences.finished(cell, record, seconds: seconds, done: done, status)]
    }
    if case .stopping = event {
      return ["stopping: each worker finishes its batch and saves its state"]
    }
    return sentences.sentences(for: event)
  }

  private func redraw(above sentences: [String], on terminal: Terminal) {
    let columns = terminal.columns
    let lines = block.lines(columns: columns, terminal: terminal)
    let text = (sentences.map(\.visibleLines) + lines).map { $0 + "\n" }.joined()
    StandardStreams.draw(drawn.erasure(columns: columns) + text)
    drawn = DrawnLines(lines)
  }
}

/// What a block has left on a terminal.
struct DrawnLines {
  private let widths: [Int]

  init(_ lines: [String] = []) { widths = lines.map(ProgressBlock.width) }

  /// Goes up to the block's first line and clears to the end of the screen. A terminal that has become
  /// narrower has broken the lines, each into as many rows as it needs.
  func erasure(columns: Int) -> String {
    let rows = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
    return rows > 0 ? "\u{1B}[\(rows)A\r\u{1B}[J" : ""
  }
}
