import Canonical
import Durable
import Testing

/// Studies that are changed on the command line.
@Suite struct SweepTests {
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    return sandbox
  }

  /// The axes of the study as `explain` gives it with these options.
  private func axes(_ sandbox: Sandbox, _ options: String...) throws -> JSONValue? {
    let outcome = try sandbox.start(["explain", "tiny.json", "--json"] + options).wait()
    #expect(outcome.status == 0, "\(outcome.stderr)")
    return try JSONParser.parse(Array(outcome.stdout.utf8), file: "stdout").get()["axes"]
  }

  @Test func `a list of values makes an axis`() throws {
    let sandbox = try sandbox()
    let axes = try axes(sandbox, "--set", "training.batch=16,32")
    #expect(axes?.canonicalText == #"{"trainSize":[60,120],"training.batch":[16,32]}"#)
    let run = try sandbox.regbench(
      "run", "tiny.json", "--set", "training.batch=16,32", "--arms", "plain", "--quiet")
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains("training images / batch size"), "\(run.stdout)")
    let folder = try #require(try Folder.entries(sandbox.folder.file("results/tiny")).first)
    #expect(try sandbox.text("results/tiny/\(folder)/runs.csv").split(separator: "\n").count == 5)
  }

  @Test func `a range makes an axis and a list replaces one`() throws {
    let sandbox = try sandbox()
    let range = #"training.learningRate.base={"from": 0.01, "to": 0.1, "steps": 3, "scale": "log"}"#
    #expect(
      try axes(sandbox, "--set", range)?["training.learningRate.base"]?.canonicalText
        == "[0.01,0.0316227766017,0.1]")
    #expect(try axes(sandbox, "--set", "n=30,60")?.canonicalText == #"{"trainSize":[30,60]}"#)
    #expect(
      try axes(sandbox, "--set", "axes.trainSize=[60]")?.canonicalText == #"{"trainSize":[60]}"#)
    // What brackets or quotes hold is one value.
    #expect(
      try axes(sandbox, "--set", #"network.hidden=[8,8],[16]"#)?["network.hidden"]?.canonicalText
        == "[[8,8],[16]]")
  }

  @Test func `--trials, --seed and --arms are options`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.regbench(
      "run", "tiny.json", "--trials", "3", "--seed", "7", "--arms", "plain", "--dry-run", "--json")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let plan = try JSONParser.parse(Array(outcome.stdout.utf8), file: "stdout").get()
    #expect(plan["runs"]?.elements?.count == 6)
    // The same study as with --set and --only.
    let long = try sandbox.regbench(
      "run", "tiny.json", "--set", "trials=3", "--set", "seed=7", "--only", "arm=plain", "-n",
      "--json")
    #expect(long.stdout == outcome.stdout)
    for (options, problem) in [
      (["--trials", "0"], "--trials must lie in 1...10000"),
      (["--trials", "many"], "the value 'many' is invalid for '--trials <n>'"),
      (["--seed", "4294967296"], "--seed must lie in 0...4294967295"),
      (["--arms", "plan"], "no arm of the study is \"plan\"\n  did you mean \"plain\"?"),
    ] {
      let wrong = try sandbox.start(["run", "tiny.json"] + options).wait()
      #expect(wrong.status == 64)
      #expect(wrong.stderr.contains("error: \(problem)"), "\(wrong.stderr)")
    }
  }

  @Test func `a dry run tells what would be trained and trains nothing`() throws {
    let sandbox = try sandbox()
    let dry = try sandbox.regbench("run", "tiny.json", "--dry-run", "--jobs", "2")
    #expect(dry.status == 0, "\(dry.stderr)")
    let lines = dry.stdout.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0] == "tiny/full: 8 runs would be trained")
    #expect(lines[1].hasPrefix("about ") && lines[1].contains(" with 2 jobs; nothing was measured"))
    #expect(lines.contains { $0.hasPrefix("n=60 Dropout drop=0.2 ") })
    #expect(lines.contains { $0.hasPrefix("n=60 plain #1 ") })
    #expect(lines.contains { $0.hasPrefix("n=60 Dropout, after its selection ") })
    for folder in ["results", "runs"] {
      #expect(!FileContents.exists(sandbox.folder.file(folder)))
    }
    #expect(try sandbox.regbench("run", "tiny.json", "--only", "n=60", "--quiet").status == 0)
    let rest = try sandbox.regbench("run", "tiny.json", "-n")
    #expect(rest.stdout.hasPrefix("tiny/full: 4 runs would be trained, 4 are done\n"))
    #expect(rest.stdout.contains("4 finished runs would be taken from results/tiny/full-"))
    #expect(!rest.stdout.contains("nothing was measured"))
  }

  @Test func `a wrong setting is shown with its place and a suggestion`() throws {
    let sandbox = try sandbox()
    for (option, text, advice) in [
      ("--set", "iterations=3", "did you mean \"training.iterations\"?"),
      ("--set", "iteration=3", "did you mean \"training.iterations\"?"),
      ("--set", "training.iteration=3", "did you mean \"iterations\"?"),
      ("--set", "momentum=0.5", "did you mean \"training.optimizer.momentum\"?"),
      ("--set", "training.batch=x", "\"batch\" must be a whole number, found the string \"x\""),
      ("--set", "training.batch=16,x", "\"batch\" must be a whole number, found the string \"x\""),
      ("--set", "training.batch=0", "\"batch\" must lie in 1..."),
      ("--set", "trials=2,3", "\"trials\" must be a whole number"),
      ("--set", "arms.Dropout.regularizers.dropout.drop=0.1,0.2", "lets the arm choose"),
      ("--only", "arm=Dropuot", "did you mean \"Dropout\"?"),
      ("--only", "Dropout", "did you mean --only arm=Dropout?"),
      ("--only", "60", "did you mean --only n=60?"),
    ] {
      let outcome = try sandbox.regbench("run", "tiny.json", option, text)
      #expect(outcome.status == 64, "\(text): \(outcome.stderr)")
      #expect(outcome.stderr.hasPrefix("\(option) \(text): error: "), "\(outcome.stderr)")
      #expect(outcome.stderr.contains(advice), "\(outcome.stderr)")
    }
    let rate = "training.learningRate.base=0.05,0.1"
    let axis = try sandbox.regbench("run", "tiny.json", "--set", rate, "--only", "base=0.1")
    #expect(axis.status == 64)
    #expect(
      axis.stderr == """
        --only base=0.1: error: the study has no axis "base"
          did you mean "training.learningRate.base"?

        """)
  }

  @Test func `values behind a comma belong to the key before`() throws {
    let sandbox = try sandbox()
    let both = try sandbox.regbench("run", "tiny.json", "-n", "--only", "arm=Dropout,plain,n=60")
    let long = try sandbox.regbench(
      "run", "tiny.json", "-n", "--only", "n=60", "--only", "arm=plain,arm=Dropout")
    #expect(both.status == 0, "\(both.stderr)")
    #expect(both.stdout.contains("4 runs would be trained"))
    #expect(both.stdout == long.stdout)
  }

  @Test func `an axis that an arm sets itself is warned of`() throws {
    let sandbox = try sandbox()
    let config = TinyStudy.config().replacing(
      "{\"name\": \"plain\"}", with: "{\"name\": \"plain\", \"training\": {\"batch\": 8}}")
    try sandbox.write(config, "tiny.json")
    let outcome = try sandbox.regbench("run", "tiny.json", "-n", "--set", "training.batch=16,32")
    #expect(
      outcome.stderr.contains(
        "--set training.batch=16,32 changes nothing for \"plain\", which sets training.batch itself"
      ),
      "\(outcome.stderr)")
  }
}
