import Canonical
import Study

/// Machine, program, data and time behind a study.
struct OriginMarkup {
  let study: StudyRecords

  var markup: String {
    guard let provenance = study.provenance else {
      return HTML.paragraph("Nothing is recorded beside the runs themselves.")
    }
    var text = ""
    let sessions = provenance.sessions.map { session in
      [
        session.date, String(session.runs), session.build, session.host, session.cpu,
        String(session.cores), "\(DecimalText.grouped(session.memoryMegabytes)) MB",
        session.system, session.openBLASCore,
      ]
    }
    if !sessions.isEmpty {
      text += HTMLRenderer.markup([
        .table(
          Table(
            caption: "The calls that trained the runs (times in UTC)",
            header: [
              "ended", "runs trained", "build", "host", "CPU", "cores", "memory", "system",
              "OpenBLAS core",
            ], rows: sessions, words: [2, 3, 4, 7, 8]))
      ])
    }
    if !provenance.data.isEmpty {
      text += HTMLRenderer.markup([
        .table(
          Table(
            caption: "Data as they were found",
            header: ["data", "content's digest", "from", "verified"],
            rows: provenance.data.map {
              [$0.name, String($0.digest.prefix(16)), $0.origin, $0.isVerified ? "yes" : "no"]
            }, words: [1, 2, 3]))
      ])
    }
    if let seconds = study.totalSeconds {
      text += HTML.paragraph(
        "All \(study.records.count) recorded runs took \(Quantities.duration(seconds)) of one core."
      )
    }
    text += audits
    text += HTML.paragraph(
      "Engine revision \(provenance.engineRevision), seed \(study.study.seed). The same "
        + "config and seed give the same bits for any number of processes and threads on every "
        + "processor with the same OpenBLAS core: with `--kernels pinned`, as is usual, on every "
        + "one with AVX2.")
    return text
  }
}

extension OriginMarkup {
  /// What was trained again, and what that proves.
  private var audits: String {
    guard !study.audits.isEmpty else { return "" }
    return HTML.paragraph("Runs trained again and compared bit by bit (`regbench audit`):")
      + HTML.list(study.audits.map { "\($0.date), build \($0.build): \($0.sentence)" })
  }
}

/// The commands that make a study's numbers again.
struct RepeatMarkup {
  let study: StudyRecords

  var markup: String {
    let folder = ShellWord.quoted(study.folder)
    let run = RunCommand(
      study.study, folder: study.folder,
      commandLine: study.provenance?.sessions.last?.commandLine ?? [])
    let command = ShellWord.line(["regbench"] + run.words)
    let again = ShellWord.line(["regbench", "run"] + run.study + ["--out", "again"])
    var text =
      HTML.paragraph(
        "The study. Typed where results/ lies, it trains what is missing and leaves finished runs "
          + "alone:") + HTML.command([command])
      + HTML.paragraph("All of it once more, elsewhere, and compared run by run:")
      + HTML.command([again, "regbench compare \(folder) again"])
      + HTML.paragraph("Tables, figures, verdicts and this page from the recorded runs:")
      + HTML.command([
        "regbench table \(folder) --write", "regbench compare \(folder)",
        "regbench report \(folder)",
      ]) + HTML.paragraph("Five runs, drawn at random, trained again:")
      + HTML.command(["regbench audit \(folder) --runs 5"])
    if let run = study.records.first(where: { $0.stage == .final }) {
      text += HTML.paragraph("One run trained again, its weights compared bit by bit:")
      text += HTML.command(["regbench replay \(folder) \(run.id)"])
    }
    return text
  }
}
