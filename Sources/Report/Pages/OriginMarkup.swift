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
            ], rows: sessions, words: []))
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
            }, words: []))
      ])
    }
    if let seconds = study.totalSeconds {
      text += HTML.paragraph(
        "All \(study.records.count) recorded runs took \(TimeText.duration(seconds)) of one core.")
    }
    text += HTML.paragraph(
      "Engine revision \(provenance.engineRevision), seed \(study.study.seed). The same "
        + "config and seed give the same numbers for any number of processes and threads on the "
        + "same OpenBLAS core and build.")
    return text
  }
}

/// The commands that make a study's numbers again.
struct RepeatMarkup {
  let study: StudyRecords

  var markup: String {
    var text = ""
    let folder = ShellWord.quoted(study.folder)
    let calls = self.calls
    if let last = calls.last {
      text += HTML.paragraph(
        "The command that trained it. Typed again where results/ lies, it trains what is missing "
          + "and leaves finished runs alone:")
      text += HTML.command([ShellWord.line(last)])
      if calls.count > 1 {
        text += HTML.details(
          "\(calls.count) different commands have trained runs of it",
          HTML.command(calls.map(ShellWord.line)))
      }
      text += HTML.paragraph("All of it once more, elsewhere, and compared run by run:")
      text += HTML.command([
        ShellWord.line(Self.elsewhere(last)), "regbench compare \(folder) again",
      ])
    }
    text += HTML.paragraph("Tables, figures, verdicts and this page from the recorded runs:")
    text += HTML.command([
      "regbench table \(folder) --write", "regbench compare \(folder)",
      "regbench report \(folder)",
    ])
    if let run = study.records.first(where: { $0.stage == .final }) {
      text += HTML.paragraph("One run trained again, its weights compared bit by bit:")
      text += HTML.command(["regbench replay \(folder) \(run.id)"])
    }
    return text
  }

  /// Different command lines in the order of their first use, as a person would type them.
  private var calls: [[String]] {
    (study.provenance?.sessions ?? []).map(\.commandLine).reduce(into: []) { calls, words in
      guard !words.isEmpty else { return }
      let call = ["regbench"] + words.dropFirst().filter { $0 != "--fresh" }
      if !calls.contains(call) { calls.append(call) }
    }
  }

  /// The call with its results in another folder.
  private static func elsewhere(_ call: [String]) -> [String] {
    var words: [String] = []
    var skipsNext = false
    for word in call {
      if skipsNext {
        skipsNext = false
      } else if word == "--out" {
        skipsNext = true
      } else if !word.hasPrefix("--out=") {
        words.append(word)
      }
    }
    return words + ["--out", "again"]
  }
}
