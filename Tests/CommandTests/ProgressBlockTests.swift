@testable import Runner
import Study
import Testing

@testable import regbench

@Suite struct ProgressBlockTests {
  private let plain = Terminal(redraws: true, hasColor: false)

  private func cells() throws -> [RunningCell] {
    let study = try StudySpec.load(file: "tiny.json") { _ in Array(TinyStudy.config().utf8) }.get()
    let agenda = StudyAgenda(study, ids: RunIDs(data: [:], weights: [:]), records: [])
    return agenda.takeOpened().compactMap { agenda.cell($0.id) }.enumerated().map { index, cell in
      RunningCell(cell: cell, id: "\(index)", worker: index, threads: 1)
    }
  }

  @Test func `nothing is drawn before there is anything to count`() {
    #expect(ProgressBlock(title: "tiny").lines(columns: 80, terminal: plain) == [])
  }

  @Test func `the block shows counts, speed, time and what each worker does`() throws {
    let cells = try cells()
    var block = ProgressBlock(title: "tiny/full")
    block.update(
      .status(
        RunStatus(
          finished: 3, running: 2, failed: 1, waiting: 6, imagesPerSecond: 12_345.6,
          share: 0.258, remainingSeconds: 65)))
    block.update(.started(cells[1], resumedAtUpdate: 0))
    block.update(.started(cells[0], resumedAtUpdate: 0))
    block.update(
      .progress(cells[0], CellProgress(update: 30, total: 40, imagesPerSecond: 9, loss: 0.25)))
    #expect(
      block.lines(columns: 120, terminal: plain) == [
        "1 min 05 s to go  ██░░░░░░░░ 25 %  3 of 12 runs done, 2 running, 1 failed, "
          + "12,345 images/s  tiny/full",
        "  \(cells[0].cell.name)  75 %, loss 0.250",
        "  \(cells[1].cell.name)",
      ])
    // A narrow terminal cuts what matters less.
    #expect(
      block.lines(columns: 40, terminal: plain)[0] == "1 min 05 s to go  ██░░░░░░░░ 25 %  3 of")
    block.update(.stopping)
    #expect(block.lines(columns: 120, terminal: plain).last?.hasPrefix("stopping") == true)
  }

  @Test func `no line is wider than the terminal`() {
    #expect(ProgressBlock.cut("abcdef", to: 4) == "abcd")
    #expect(ProgressBlock.cut("\u{1B}[31mabc\u{1B}[0mdef", to: 4) == "\u{1B}[31mabc\u{1B}[0md")
  }
}
