import ArgumentParser
import Canonical
import Report
import Runner
import Study

/// Lists studies and results.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the studies in configs/ and the results in results/.",
    discussion: """
      One line a study: its name, which `run` and other commands take; the tables of papers that it \
      computes; the profiles that --profile takes beside the study as its file stands; its cells, one for each method at each combination of the axes; the runs of the \
      whole study that are done; about how long the whole study takes here, if it was planned or \
      begun on such a machine; and what it shows. Then one line a result folder: \
      the runs of its tables that are finished, and its verdicts.

      EXAMPLES:
        What there is:
          regbench list
        The names of all studies, for a script:
          regbench list --json | grep '"name"'
      """)

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let studies = StudyNames.all.map(ListedStudy.init)
    let results = ResultPlace.all.filter { ResultFolder($0).isThere }.map(ListedResult.init)
    if json {
      let object = JSONValue.object([
        "studies": .array(studies.map(\.json)), "results": .array(results.map(\.json)),
      ])
      return try StandardStreams.product(object.prettyText)
    }
    var blocks: [Block] = []
    if !studies.isEmpty {
      blocks.append(
        .table(
          Table(
            header: ["study", "reproduces", "profiles", "cells", "runs done", "time", "shows"],
            rows: studies.map(\.columns), words: [1, 2, 6])))
    }
    if !results.isEmpty {
      blocks.append(
        .table(
          Table(
            header: ["result", "runs", "what it says"], rows: results.map(\.columns), words: [2])))
    }
    if !blocks.isEmpty {
      try StandardStreams.product(TextRenderer.text(blocks, width: Terminal.outputColumns))
    }
    if studies.isEmpty {
      StandardStreams.talk("no studies here: they are the files of configs/ in this folder")
    }
    if results.isEmpty { StandardStreams.talk("no results yet below results/") }
  }
}

/// A study in `configs/` as it is listed.
private struct ListedStudy {
  private let entry: StudyNames.Entry
  private let study: Result<(spec: StudySpec, overview: StudyOverview), Failure>

  init(_ entry: StudyNames.Entry) {
    self.entry = entry
    study = Result { () throws(Failure) in
      let (document, userFiles) = try StudyOptions.document(entry.path)
      let spec = try userFiles.check(document.study(profile: nil))
      return (spec, StudyOverview(spec))
    }
  }

  var columns: [String] {
    switch study {
    case .failure:
      [entry.name, "", "", "", "", "", "cannot be read: `regbench check \(entry.name)`"]
    case .success(let (spec, overview)):
      [
        entry.name, tables(spec), spec.profiles.dropFirst().joined(separator: ", "),
        DecimalText.grouped(spec.rows.count),
        "\(DecimalText.grouped(overview.finished)) of \(DecimalText.grouped(overview.total))",
        overview.seconds.map { Quantities.duration($0) } ?? "",
        spec.title ?? spec.name,
      ]
    }
  }

  /// `Shakeout Table 2, Table 3`.
  private func tables(_ spec: StudySpec) -> String {
    let numbers = PublishedNumbers.embedded
    let tables = spec.reproduces.map { table in
      (
        paper: numbers.paper(table.paper)?.name ?? table.paper,
        label: numbers.table(table.paper, table.table)?.label ?? table.table
      )
    }
    return tables.map(\.paper).unique.map { paper in
      let labels = tables.filter { $0.paper == paper }.map(\.label).unique
      return "\(paper) \(labels.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  var json: JSONValue {
    let head: [JSONValue.Member] = [
      .init("name", .string(entry.name)), .init("config", .string(entry.path)),
    ]
    switch study {
    case .failure(let problem): return .object(head + [.init("error", .string(problem.text))])
    case .success(let (spec, overview)):
      return .object(
        head + [
          .init("study", .string(spec.name)),
          .init("title", spec.title.map { .string($0) } ?? .null),
          .init(
            "reproduces",
            .array(
              spec.reproduces.map {
                .object(["paper": .string($0.paper), "table": .string($0.table)])
              })),
          .init("profiles", .array(spec.profiles.map { .string($0) })),
          .init("arms", .array(spec.arms.map { .string($0.name) })),
          .init("cells", .number(spec.rows.count)), .init("finished", .number(overview.finished)),
          .init("total", .number(overview.total)),
          .init("seconds", overview.seconds.map { .number($0) } ?? .null),
        ])
    }
  }
}

/// A result folder as it is listed.
private struct ListedResult {
  private let folder: String
  private let summary: Result<StudySummary, Failure>

  init(_ folder: String) {
    self.folder = folder
    do {
      summary = .success(StudySummary(try ResultFolder(folder).everything()))
    } catch {
      summary = .failure(Failure(error))
    }
  }

  var columns: [String] {
    switch summary {
    case .success(let summary): [folder, summary.runs, summary.line]
    case .failure: [folder, "", "cannot be read: `regbench table \(folder)`"]
    }
  }

  var json: JSONValue {
    let head: [JSONValue.Member] = [.init("folder", .string(folder))]
    switch summary {
    case .failure(let problem): return .object(head + [.init("error", .string(problem.text))])
    case .success(let summary):
      return .object(
        head + [.init("runs", .string(summary.runs)), .init("says", .string(summary.line))])
    }
  }
}
