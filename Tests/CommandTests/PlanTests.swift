import Testing

@Suite struct PlanTests {
  /// A network with normalization whose arrays take some ninety megabytes, measured at twelve batches.
  private static let wide = """
    {"study": "wide", "trials": 1,
     "network": {"name": "wide", "layers": [
       {"kind": "dense", "name": "fc1", "outputs": 2048},
       {"kind": "batchNormalization", "name": "bn1"}, {"kind": "relu", "name": "relu1"},
       {"kind": "dense", "name": "fc2", "outputs": 2048},
       {"kind": "batchNormalization", "name": "bn2"}, {"kind": "relu", "name": "relu2"},
       {"kind": "dense", "name": "fc3", "outputs": 3}]},
     "dataset": {"name": "synthetic", "validation": 40, "scale": "1/128",
      "synthetic": {"height": 8, "width": 8, "classes": 3, "training": 160, "test": 60}},
     "training": {"iterations": 30, "optimizer": {"momentum": 0.9},
      "learningRate": {"schedule": "constant", "base": 0.02}},
     "arms": [{"name": "plain"}]}
    """

  @Test func `what was measured is freed before the next is measured`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.wide, "wide.json")
    // All twelve at a time would take more than a gigabyte.
    let outcome = try sandbox.limited(
      "-v 700000", "plan", "wide.json", "--jobs", "1", "--calibration", "0.1s", "--set",
      "training.batch=2,3,4,5,6,7,8,9,10,11,12,13")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stdout.contains("12 runs at most"), "\(outcome.stdout)")
    #expect(!outcome.stdout.contains("memory does not suffice"), "\(outcome.stdout)")
  }
}
