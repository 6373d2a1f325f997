import Durable
import Testing

@Suite struct ReportCommandTests {
  /// A sandbox with a finished tiny study that asks for figures.
  private func finished() throws -> Sandbox {
    let sandbox = try Sandbox()
    let config = TinyStudy.config(iterations: 20).replacing(
      "\"study\": \"tiny\",",
      with: #""study": "tiny", "figures": ["errorAgainstTrainSize", "filters"],"#)
    try sandbox.write(config, "tiny.json")
    let outcome = try sandbox.regbench("run", "tiny.json")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(
      outcome.stderr.contains("the figure \"filters\" needs \"measure\": [\"filters\"]"),
      "\(outcome.stderr)")
    return sandbox
  }

  @Test func `run draws and table draws the same again`() throws {
    let sandbox = try finished()
    let figure = "results/tiny/full/figures/errorAgainstTrainSize.svg"
    let drawn = try sandbox.bytes(figure)
    try sandbox.write("old", "results/tiny/full/figures/gone.svg")
    try sandbox.write("broken", "results/tiny/full/table.csv")
    try Folder.removeFile(sandbox.folder.file(figure))

    let read = try sandbox.regbench("table", "results/tiny/full", "--format", "csv")
    #expect(read.status == 0)
    #expect(try sandbox.text("results/tiny/full/table.csv") == "broken")

    let outcome = try sandbox.regbench(
      "table", "results/tiny/full", "--format", "csv", "--write")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(
      outcome.stderr
        == "no figure filters: no finished run has recorded the series \"filters\"\n")
    #expect(try sandbox.bytes(figure) == drawn)
    #expect(try sandbox.text("results/tiny/full/table.csv") == outcome.stdout)
    // What regbench did not write stays.
    #expect(FileContents.exists(sandbox.folder.file("results/tiny/full/figures/gone.svg")))
    #expect(
      try sandbox.regbench("table", "results/tiny/full", "--write", "--explain", "arm=plain")
        .status == 64)
  }

  @Test func `a study becomes a page`() throws {
    let sandbox = try finished()
    let outcome = try sandbox.regbench("report", "results/tiny/full")
    #expect(outcome.status == 0)
    #expect(outcome.stdout == "results/tiny/full/report.html\n")
    #expect(outcome.stderr == "")
    let page = try sandbox.text("results/tiny/full/report.html")
    for part in [
      "<!DOCTYPE html>", "Where the numbers come from", "<svg ", "regbench run tiny.json",
      "not drawn, because no finished run",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(
      try sandbox.regbench("report", "results/tiny/full", "--out", "p.html").stdout == "p.html\n")
    #expect(try sandbox.text("p.html") == page)
  }

  @Test func `a folder of studies becomes an index`() throws {
    let sandbox = try finished()
    let outcome = try sandbox.regbench("report", "results")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stdout == "results/report.html\n")
    #expect(try sandbox.text("results/report.html").contains("tiny/full/report.html"))
    let index = try sandbox.text("results/README.md")
    #expect(index.contains("| [tiny/full](tiny/full/table.md) | all 8 | 20"))
    #expect(index.contains(" | no published table |\n"))
    #expect(try sandbox.text("results/tiny/full/report.html").contains("<svg "))
    #expect(try sandbox.regbench("report", "results", "--out", "x.html").status == 64)
  }

  @Test func `watching ends when every run is done`() throws {
    let sandbox = try finished()
    let outcome = try sandbox.regbench("report", "results/tiny/full", "--watch")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stdout == "results/tiny/full/report.html\n")
    let page = try sandbox.text("results/tiny/full/report.html")
    #expect(page.contains("<svg ") && !page.contains("http-equiv"))
    #expect(try sandbox.regbench("report", "results", "--watch").status != 0)
  }

  @Test func `a page is opened in the browser, or it is said why not`() throws {
    let sandbox = try finished()
    try sandbox.write("#!/bin/sh\necho \"$1\" >opened\n[ ! -e broken ]\n", "bin/xdg-open")
    #expect(try sandbox.shell("chmod +x bin/xdg-open").status == 0)
    func open() throws -> Outcome {
      try sandbox.regbench(
        "report", "results/tiny/full", "--open",
        environment: ["PATH": "\(sandbox.folder.file("bin")):/usr/bin:/bin"])
    }
    let outcome = try open()
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(try sandbox.text("opened") == "results/tiny/full/report.html\n")
    try sandbox.write("", "broken")
    let failed = try open()
    #expect(failed.status == 69)
    #expect(failed.stderr.contains("open results/tiny/full/report.html in a browser"))
  }

  @Test func `results are exported as CSV, LaTeX and BibTeX`() throws {
    let sandbox = try finished()
    let tidy = try sandbox.regbench("table", "results/tiny/full", "--format", "tidy")
    #expect(tidy.status == 0)
    #expect(tidy.stdout.hasPrefix("study,profile,altered,"))
    #expect(tidy.stdout.contains("\ntiny,full,FALSE,"))
    for study in ["tiny.json", "results/tiny/full"] {
      let cited = try sandbox.regbench("cite", study)
      #expect(cited.status == 0, "\(cited.stderr)")
      #expect(cited.stdout.hasPrefix("@software{regbench,"))
    }
    #expect(try sandbox.regbench("cite").stdout.contains("@article{shakeout,"))
    #expect(try sandbox.regbench("cite", "none.json").status == 66)
  }

  @Test func `a damaged study is left out and said to be`() throws {
    let sandbox = try finished()
    try sandbox.write("{", "results/broken/paper/provenance.json")
    let outcome = try sandbox.regbench("report", "results")
    #expect(outcome.status == 65)
    #expect(outcome.stderr.hasPrefix("broken/paper is left out:\n"))
    #expect(try sandbox.text("results/report.html").contains("cannot be read"))
  }

  @Test func `a folder without results is missing data`() throws {
    let sandbox = try Sandbox()
    for folder in ["none", "home"] {
      let outcome = try sandbox.regbench("report", folder)
      #expect(outcome.status == 66)
      #expect(outcome.stdout == "")
      #expect(outcome.stderr.contains("\(folder)/provenance.json: cannot open: "))
    }
  }

  @Test func `a page that cannot be written is an error of its own`() throws {
    let sandbox = try finished()
    try sandbox.write("a file", "taken")
    let outcome = try sandbox.regbench("report", "results/tiny/full", "--out", "taken/p.html")
    #expect(outcome.status == 74)
  }
}
