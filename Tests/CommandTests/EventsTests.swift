import Canonical
import Durable
import Glibc
import TestSupport
import Testing

/// What `run --events` writes for other programs.
@Suite struct EventsTests {
  /// Runs the tiny study and returns its events.
  private func events(_ sandbox: Sandbox, _ options: String...) throws -> [JSONValue] {
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    let outcome = try sandbox.start(
      ["run", "tiny.json", "-q", "--events", "events.jsonl"] + options
    ).wait()
    #expect(outcome.status == 0, "\(outcome.stderr)")
    return try sandbox.text("events.jsonl").split(separator: "\n").map {
      try JSONParser.parse(Array($0.utf8), file: "events.jsonl").get()
    }
  }

  private func all(_ kind: String, _ events: [JSONValue]) -> [JSONValue] {
    events.filter { $0["event"]?.stringValue == kind }
  }

  @Test func `every start evaluation checkpoint and end is a line`() throws {
    let events = try events(Sandbox(), "--checkpoint-every", "0")
    for event in events {
      #expect(event["version"]?.intValue == 1)
      #expect(event["study"]?.stringValue == "tiny/full")
      let time = try #require(event["time"]?.stringValue)
      #expect(time.count == 24 && time.hasSuffix("Z"), "\(time)")
    }
    #expect(events.first?["event"]?.stringValue == "study")
    #expect(events.first?["missing"]?.intValue == 8)
    #expect(events.last?["event"]?.stringValue == "study-end")
    #expect(events.last?["outcome"]?.stringValue == "complete")
    #expect(all("start", events).count == 8)
    #expect(all("end", events).count == 8)
    // Forty updates, evaluated every twenty.
    #expect(all("evaluation", events).count == 16)
    #expect(!all("checkpoint", events).isEmpty)
    let start = try #require(all("start", events).first { $0["arm"]?.stringValue == "Dropout" })
    #expect(start["axes"]?["trainSize"]?.stringValue == "60")
    #expect(start["hyperparameters"]?["drop"]?.doubleValue != nil)
    let end = try #require(all("end", events).last)
    #expect(end["test_error"]?.doubleValue != nil)
    #expect(end["seconds"]?.doubleValue != nil)
  }

  @Test func `a second call appends`() throws {
    let sandbox = try Sandbox()
    let first = try events(sandbox)
    let second = try events(sandbox, "--fresh")
    #expect(second.count > first.count)
    #expect(Array(second.prefix(first.count)) == first)
  }

  @Test func `a failed run and an impossible study are errors`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 200_000, trials: 1), "tiny.json")
    let program = try sandbox.start(
      ["run", "tiny.json", "--retries", "0", "--fail-fast", "-j", "1", "--events", "events.jsonl"])
    #expect(
      program.wait {
        ((try? sandbox.text("events.jsonl")) ?? "").contains("\"event\":\"start\"")
      })
    let worker = try #require(try Self.child(of: program.process))
    kill(worker, SIGKILL)
    #expect(try program.wait().status == 1)
    let text = try sandbox.text("events.jsonl")
    #expect(text.contains("\"event\":\"error\",\"final\":true"), "\(text)")
    #expect(text.contains("\"outcome\":\"failedFast\""), "\(text)")
  }

  /// A process that another has started.
  private static func child(of parent: pid_t) throws -> pid_t? {
    let text = try FileContents.read("/proc/\(parent)/task/\(parent)/children")
    return String(decoding: text, as: UTF8.self).split(separator: " ").first.flatMap { pid_t($0) }
  }

  @Test func `a file that cannot be written is an error`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    let outcome = try sandbox.regbench("run", "tiny.json", "--events", "none/events.jsonl")
    #expect(outcome.status == 74, "\(outcome.stderr)")
    #expect(outcome.stderr.hasPrefix("regbench: error: none/events.jsonl: cannot open"))
  }

  /// A Python that has MLflow: REGBENCH_PYTHON, or the system's.
  private static let python: String? = {
    let named = getenv("REGBENCH_PYTHON").map { String(cString: $0) }
    return [named, "/usr/bin/python3"].compactMap(\.self).first { program in
      let sandbox = try? Sandbox()
      let outcome = try? sandbox?.shell("'\(program)' -c 'import mlflow, sqlalchemy'")
      return outcome?.status == 0
    }
  }()

  @Test(
    .enabled(
      if: python != nil, "no Python here can import mlflow and sqlalchemy (see REGBENCH_PYTHON)"))
  func `MLflow is fed from the events`() throws {
    let python = try #require(Self.python)
    let sandbox = try Sandbox()
    _ = try events(sandbox)
    let script = RepositoryText.path("scripts/mlflow-from-events.py")
    let fed = try sandbox.shell(
      "MLFLOW_TRACKING_URI=sqlite:///mlflow.db '\(python)' '\(script)' events.jsonl tiny")
    #expect(fed.status == 0, "\(fed.stderr)")
    let query = """
      from mlflow.tracking import MlflowClient
      client = MlflowClient()
      runs = client.search_runs([client.get_experiment_by_name("tiny").experiment_id])
      points = sum(len(client.get_metric_history(r.info.run_id, "test_error")) for r in runs)
      print(len(runs), points, {r.info.status for r in runs}, sorted({r.data.params["arm"] for r in runs}))
      """
    try sandbox.write(query, "query.py")
    let found = try sandbox.shell("MLFLOW_TRACKING_URI=sqlite:///mlflow.db '\(python)' query.py")
    #expect(found.stdout == "8 16 {'FINISHED'} ['Dropout', 'plain']\n", "\(found.stderr)")
  }
}
