import Canonical
import Runner
import System

/// Shows a study's progress on standard error: a block that is redrawn on a terminal, one plain line
/// per finished run elsewhere, only failures where quiet was asked for.
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
  private var drawnLines = 0
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
    switch event {
    case .status(let status): self.status = status
    case .planned(let plan): done = plan.finished
    case .finished: done += 1
    default: break
    }
    switch style {
    case .quiet:
      if case .failed = event { sentences.sentences(for: event).forEach(StandardStreams.talk) }
    case .lines:
      lines(for: event).forEach(StandardStreams.talk)
    case .following:
      lines(for: event).forEach(StandardStreams.talk)
      if case .progress(let cell, let progress) = event { follow(cell, progress) }
    case .block(let terminal):
      block.update(event)
      redraw(above: sentences.sentences(for: event), on: terminal)
    }
  }

  /// Takes the block away, so that what comes next begins on a clean line.
  func clear() {
    if drawnLines > 0 { StandardStreams.draw(erasure) }
    drawnLines = 0
  }

  /// A run's progress, at most every few seconds.
  private func follow(_ cell: RunningCell, _ progress: CellProgress) {
    let now = MonotonicClock.seconds()
    guard now - (told[cell.id] ?? -.infinity) >= Self.followSeconds else { return }
    told[cell.id] = now
    StandardStreams.talk("  " + cell.cell.name + ProgressBlock.describe(progress))
  }

  private func lines(for event: RunEvent) -> [String] {
    switch event {
    case .finished(let cell, let record, let seconds):
      [sentences.finished(cell, record, seconds: seconds, done: done, status)]
    case .stopping: ["stopping: each worker finishes its batch and saves its state"]
    default: sentences.sentences(for: event)
    }
  }

  private func redraw(above sentences: [String], on terminal: Terminal) {
    let lines = block.lines(columns: terminal.columns, terminal: terminal)
    let text = (sentences.map(\.visibleLines) + lines).map { $0 + "\n" }.joined()
    StandardStreams.draw((drawnLines > 0 ? erasure : "") + text)
    drawnLines = lines.count
  }

  /// Up to the block's first line, then clear to the end of the screen.
  private var erasure: String { "\u{1B}[\(drawnLines)A\r\u{1B}[J" }
}
