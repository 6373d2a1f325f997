import Canonical
import Durable
import Glibc
import Study
import TestSupport
import Testing

@testable import Report

@Suite struct TidyCSVTests {
  @Test func `each finished run and each selection is a line of its own`() throws {
    let text = TidyCSV.text(try ReportFixture.table())
    let rows = try CSV.parse(text).get().map(\.fields)
    #expect(
      rows[0] == [
        "study", "profile", "altered", "network", "trainSize", "arm", "drop", "c", "trial",
        "diverged", "metric", "unit", "selection", "value", "published_mean", "published_spread",
      ])
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(
      rows.contains([
        "mnist-shakeout", "paper", "FALSE", "lenet", "500", "Shakeout", "0.4",
        "0.044721359549995794", "2", "FALSE", "test_error", "percent", "last", "4.93", "4.83",
        "0.11",
      ]))
    let diverged = rows.filter { $0[9] == "TRUE" }
    #expect(diverged.count == 4)
    #expect(diverged.allSatisfy { $0[13].isEmpty })
  }

  @Test func `an altered study says so in every line`() throws {
    let study = try ReportFixture.study(settings: ["seed=2"])
    let text = TidyCSV.text(ResultTable(study: study, records: ReportFixture.records()))
    let rows = try CSV.parse(text).get().map(\.fields).dropFirst()
    #expect(!rows.isEmpty && rows.allSatisfy { $0[2] == "TRUE" })
  }

  private static func works(_ command: String) -> Bool { system("\(command) >/dev/null 2>&1") == 0 }

  /// What both must find: lines, their mean error of Dropout at 500, and that `altered` is a truth value.
  private func read(with command: String) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(TidyCSV.text(try ReportFixture.table()), "tidy.csv")
    let line = "cd '\(folder.path)' && \(command) >answer.txt 2>errors.txt"
    let errors = {
      String(
        decoding: (try? FileContents.read(folder.file("errors.txt"))) ?? [], as: UTF8.self)
    }
    try #require(system(line) == 0, "\(errors())")
    return String(decoding: try FileContents.read(folder.file("answer.txt")), as: UTF8.self)
      .split(separator: "\n").joined(separator: " ")
  }

  @Test(.enabled(if: works("python3 -c 'import pandas'"), "pandas is not installed"))
  func `pandas reads it back`() throws {
    let program =
      "import pandas as p; d = p.read_csv('tidy.csv'); "
      + "s = d[(d.selection == 'last') & (d.arm == 'Dropout') & (d.trainSize == 500)]; "
      + "print(len(s), round(s.value.mean(), 6), d.altered.dtype, int(d.value.isna().sum()))"
    #expect(try read(with: "python3 -c \"\(program)\"") == "3 6.15 bool 4")
  }

  @Test(.enabled(if: works("Rscript --version"), "R is not installed"))
  func `R reads it back`() throws {
    let program =
      "d <- read.csv('tidy.csv'); s <- d[d$selection == 'last' & d$arm == 'Dropout' & "
      + "d$trainSize == 500, ]; cat(nrow(s), round(mean(s$value), 6), class(d$altered), "
      + "sum(is.na(d$value)))"
    let escaped = program.replacing("$", with: "\\$")
    #expect(try read(with: "Rscript -e \"\(escaped)\"") == "3 6.15 logical 4")
  }
}
