import Canonical
import Durable
import Testing

/// Studies and results by their names.
@Suite struct ListTests {
  /// A sandbox with studies in `configs/` and `configs/beyond/`.
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "configs/tiny.json")
    try sandbox.write(
      TinyStudy.config(trials: 1).replacing(
        "\"study\": \"tiny\"",
        with: "\"study\": \"other\", \"profiles\": {\"smoke\": {\"training\": {\"iterations\": 4}}}"
      ),
      "configs/beyond/other.json")
    return sandbox
  }

  @Test func `list shows studies before and after they are run`() throws {
    let sandbox = try sandbox()
    let before = try sandbox.regbench("list")
    #expect(before.status == 0, "\(before.stderr)")
    #expect(
      before.stdout == """
        study  reproduces  profiles  cells  runs done  time  shows
        ----------------------------------------------------------
        tiny                             4     0 of 8        tiny
        other              smoke         4     0 of 8        other

        """)
    #expect(before.stderr == "no results yet below results/\n")
    #expect(try sandbox.regbench("run", "tiny", "--quiet").status == 0)
    let after = try sandbox.regbench("list")
    #expect(after.stdout.contains("8 of 8"), "\(after.stdout)")
    #expect(after.stdout.contains("results/tiny/full  all 4  no published table\n"))
    let json = try sandbox.regbench("list", "--json")
    let list = try JSONParser.parse(Array(json.stdout.utf8), file: "stdout").get()
    let tiny = try #require(list["studies"]?.elements?.first)
    #expect(tiny["name"]?.stringValue == "tiny")
    #expect(tiny["config"]?.stringValue == "configs/tiny.json")
    #expect(tiny["finished"]?.intValue == 8)
    #expect(tiny["total"]?.intValue == 8)
    #expect(tiny["seconds"]?.doubleValue != nil)
    #expect(list["results"]?.elements?.first?["folder"]?.stringValue == "results/tiny/full")
  }

  @Test func `a study that cannot be read is listed as such`() throws {
    let sandbox = try sandbox()
    try sandbox.write("{", "configs/broken.json")
    let outcome = try sandbox.regbench("list")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("cannot be read: `regbench check broken`"))
    #expect(outcome.stdout.contains("tiny"))
  }

  @Test func `every command that takes a config takes the name of a study`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.regbench("check", "tiny").stdout.hasPrefix("configs/tiny.json: right; "))
    #expect(try sandbox.regbench("explain", "other", "--json").stdout.contains("\"other\""))
    #expect(try sandbox.regbench("plan", "tiny", "--calibration", "0.1s").status == 0)
    #expect(try sandbox.regbench("run", "tiny", "--dry-run").status == 0)
    // A file goes before a study of that name.
    try sandbox.write(TinyStudy.config(), "other")
    #expect(try sandbox.regbench("check", "other").stdout.hasPrefix("other: right; "))
  }

  @Test func `a config that is not there is suggested`() throws {
    let sandbox = try sandbox()
    try sandbox.write(TinyStudy.config(), "configs/quickstart.json")
    for (typed, meant) in [
      ("configs/quickstar.json", "configs/quickstart.json"), ("quickstar", "quickstart"),
      ("configs/beyond/othr.json", "configs/beyond/other.json"),
    ] {
      let outcome = try sandbox.regbench("run", typed)
      #expect(outcome.status == 66)
      #expect(
        outcome.stderr.hasPrefix(
          "regbench: error: cannot read \(typed): No such file or directory\n"
            + "did you mean \"\(meant)\"?"), "\(outcome.stderr)")
    }
  }

  @Test func `a name that is no study's is answered with where studies are`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.regbench("run", "nope")
    #expect(outcome.status == 66)
    #expect(
      outcome.stderr == """
        regbench: error: cannot read nope: No such file or directory
        `regbench list` shows the studies of this folder; a study of your own is a JSON file

        """)
  }

  @Test func `a study names its only result`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.regbench("run", "tiny", "--quiet").status == 0)
    for folder in ["results/tiny", "results/tiny/", "tiny", "tiny/full", "runs/tiny"] {
      let status = try sandbox.regbench("status", folder)
      #expect(status.stdout.hasPrefix("tiny/full: 8 of 8"), "\(folder): \(status.stderr)")
    }
    for command in ["table", "compare", "logs", "report", "clean"] {
      let outcome = try sandbox.regbench(command, "results/tiny")
      #expect(outcome.status == 0, "\(command): \(outcome.stderr)")
    }
    #expect(try sandbox.regbench("compare", "tiny", "results/tiny/full").status == 0)
    let id = try sandbox.text("results/tiny/full/runs.csv").split(separator: "\n")[1].prefix(16)
    #expect(try sandbox.regbench("replay", "results/tiny", String(id)).status == 0)

    #expect(try sandbox.regbench("run", "tiny", "--trials", "2", "--quiet").status == 0)
    let several = try sandbox.regbench("table", "results/tiny")
    #expect(several.status == 64)
    #expect(several.stderr.hasPrefix("regbench: error: results/tiny holds 2 results\n"))
    #expect(
      several.stderr.contains(
        "name one of them:\n  regbench table results/tiny/full\n  regbench table results/tiny/full-"
      ),
      "\(several.stderr)")
    let cited = try sandbox.regbench("cite", "tiny/full")
    #expect(cited.status == 0, "\(cited.stderr)")
    #expect(
      try sandbox.regbench("cite", "results/tiny").stderr.contains(
        "  regbench cite results/tiny/full\n"))

    let typo = try sandbox.regbench("table", "results/tinny")
    #expect(typo.status == 66)
    #expect(
      typo.stderr == """
        regbench: error: there is no result results/tinny
        did you mean "results/tiny"?

        """)
  }
}
