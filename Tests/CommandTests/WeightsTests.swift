import Canonical
import Durable
import Testing

/// Weights out of a run, into an evaluation, and into another run.
@Suite struct WeightsTests {
  /// Layers written one by one, with a normalization and a map that is flattened.
  private static let layers = """
    {"name": "handmade", "layers": [
      {"kind": "convolution", "name": "conv1", "outputs": 4, "kernel": 3, "padding": 1},
      {"kind": "batchNormalization", "name": "bn1"}, {"kind": "relu", "name": "relu1"},
      {"kind": "maxPooling", "name": "pool1", "window": 2},
      {"kind": "dense", "name": "fc", "outputs": 3}]}
    """

  private static func config(_ network: String, training: String = "") -> String {
    """
    {"study": "small", "trials": 1, "network": \(network), "axes": {"trainSize": [120]},
     "dataset": {"name": "synthetic", "validation": 40, "scale": "1/128",
      "synthetic": {"height": 8, "width": 6, "channels": 2, "classes": 3, "training": 160,
       "test": 60}},
     "training": {"batch": 16, "iterations": 30, "optimizer": {"momentum": 0.9},
      "learningRate": {"schedule": "constant", "base": 0.02}\(training)},
     "arms": [{"name": "Dropout", "regularizers": [{"name": "dropout", "drop": 0.3}]}]}
    """
  }

  /// Trains the handmade network, keeps its weights, and returns the run's id.
  private func train(_ sandbox: Sandbox) throws -> String {
    try sandbox.write(Self.config(Self.layers), "small.json")
    let outcome = try sandbox.regbench("run", "small.json", "--keep-weights", "--quiet")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let rows = try sandbox.text("results/small/full/runs.csv").split(separator: "\n")
    return String(try #require(rows.last?.split(separator: ",").first))
  }

  @Test func `the kept weights of a run evaluate to its recorded error`() throws {
    let sandbox = try Sandbox()
    let run = try train(sandbox)
    let export = try sandbox.regbench("weights", "export", run, "-o", "f.safetensors")
    #expect(export.status == 0, "\(export.stderr)")
    #expect(
      export.stderr == """
        f.safetensors: 8 tensors, 239 numbers, from runs/small/full/\(run)/weights.safetensors

        """)
    // The beginning of the id and the folder will do.
    for name in [String(run.prefix(6)), "runs/small/full/\(run)"] {
      #expect(try sandbox.regbench("weights", "export", name, "-o", "g.safetensors").status == 0)
      #expect(try sandbox.bytes("g.safetensors") == sandbox.bytes("f.safetensors"))
    }

    let evaluation = try sandbox.regbench("weights", "evaluate", "f.safetensors", "--json")
    #expect(evaluation.status == 0, "\(evaluation.stderr)")
    let json = try JSONParser.parse(Array(evaluation.stdout.utf8), file: "stdout").get()
    #expect(json["network"]?.stringValue == "handmade")
    #expect(json["images"]?.intValue == 60)
    #expect(json["test_error"]?.doubleValue != nil)
    #expect(json["test_error"] == json["recorded_test_error"])
    let text = try sandbox.regbench("weights", "evaluate", "f.safetensors").stdout
    #expect(text.hasPrefix("handmade on synthetic: test error "))
  }

  @Test func `changed numbers are neither exported nor evaluated`() throws {
    let sandbox = try Sandbox()
    let run = try train(sandbox)
    let kept = "runs/small/full/\(run)/weights.safetensors"
    #expect(try sandbox.regbench("weights", "export", run, "-o", "f.safetensors").status == 0)
    for path in [kept, "f.safetensors"] {
      var bytes = try sandbox.bytes(path)
      // The lowest bits of the last number.
      bytes[bytes.count - 4] ^= 1
      try sandbox.folder.write(bytes, path)
    }
    for words in [
      ["weights", "export", run, "-o", "g.safetensors"],
      ["weights", "evaluate", "f.safetensors"],
    ] {
      let outcome = try sandbox.start(words).wait()
      #expect(outcome.status == 65)
      #expect(outcome.stderr.contains("the numbers are not those that were written"))
    }
    #expect(FileContents.identity(of: sandbox.folder.file("g.safetensors")) == nil)
  }

  @Test func `weights of a result folder elsewhere are found with --out`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.config(Self.layers), "small.json")
    let outcome = try sandbox.regbench(
      "run", "small.json", "--out", "there", "--keep-weights", "--quiet")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let rows = try sandbox.text("there/runs.csv").split(separator: "\n")
    let run = String(try #require(rows.last?.split(separator: ",").first))
    let lost = try sandbox.regbench("weights", "export", run, "-o", "f.safetensors")
    #expect(lost.status == 66)
    #expect(lost.stderr.contains("--out"))
    let found = try sandbox.regbench(
      "weights", "export", run, "--out", "there", "-o", "f.safetensors")
    #expect(found.status == 0, "\(found.stderr)")
    #expect(
      try sandbox.regbench("weights", "export", run, "--out", "nowhere", "-o", "g").status == 66)
  }

  /// From the trained weights another training goes on, under an id of its own.
  @Test func `training starts from a file`() throws {
    let sandbox = try Sandbox()
    let run = try train(sandbox)
    #expect(try sandbox.regbench("weights", "export", run, "-o", "f.safetensors").status == 0)
    try sandbox.write(
      Self.config(Self.layers, training: ", \"initialWeights\": \"f.safetensors\""), "more.json")
    func rows(_ folder: String, _ settings: String...) throws -> [Substring] {
      let outcome = try sandbox.start(
        ["run", "more.json", "--out", folder, "--quiet"] + settings
      ).wait()
      #expect(outcome.status == 0, "\(outcome.stderr)")
      return try sandbox.text("\(folder)/runs.csv").split(separator: "\n")
    }
    let more = try rows("more")
    #expect(!more[1].hasPrefix(run))
    // Where the file lies does not matter, what it holds does.
    try Folder.create(sandbox.folder.file("sub"))
    try AtomicFile.write(
      try sandbox.bytes("f.safetensors"), to: sandbox.folder.file("sub/copy.safetensors"))
    #expect(try rows("copy", "--set", "training.initialWeights=sub/copy.safetensors") == more)
  }

  @Test func `weights that do not fit are named before anything is trained`() throws {
    let sandbox = try Sandbox()
    let run = try train(sandbox)
    #expect(try sandbox.regbench("weights", "export", run, "-o", "f.safetensors").status == 0)
    try sandbox.write(
      Self.config(
        #"{"name": "mlp", "hidden": [5]}"#, training: ", \"initialWeights\": \"f.safetensors\""),
      "other.json")
    let mismatch = try sandbox.regbench("run", "other.json")
    #expect(mismatch.status == 65)
    #expect(
      mismatch.stderr.contains(
        """
        f.safetensors: tensor "fc1.weight": it is not in the file; mlp expects it with shape [5, 96]
        """), "\(mismatch.stderr)")

    let wrong = try sandbox.regbench(
      "weights", "evaluate", "f.safetensors", "--network", #"{"name": "mlp", "hidden": [5]}"#)
    #expect(wrong.status == 65)
    #expect(wrong.stderr.contains(#"tensor "fc1.weight""#))

    let bytes = try sandbox.bytes("f.safetensors")
    try AtomicFile.write(
      Array(bytes.dropLast()), to: sandbox.folder.file("f.safetensors"))
    let damaged = try sandbox.regbench("weights", "evaluate", "f.safetensors")
    #expect(damaged.status == 65)
    #expect(damaged.stderr.contains("the file is cut short"))

    let missing = try sandbox.regbench("weights", "evaluate", "nothing.safetensors")
    #expect(missing.status == 66)
  }

  @Test func `a run without weights says how to keep them`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.config(Self.layers), "small.json")
    #expect(try sandbox.regbench("run", "small.json", "--quiet").status == 0)
    let run = try #require(
      try Folder.entries(sandbox.folder.file("runs/small/full")).first { $0.count == 16 })
    let outcome = try sandbox.regbench("weights", "export", run, "-o", "f.safetensors")
    #expect(outcome.status == 66)
    #expect(
      outcome.stderr == """
        regbench: error: runs/small/full/\(run): no weights were kept of this run
        `regbench run CONFIG --fresh --keep-weights` trains again and keeps the weights of every \
        run of the table; "keepWeights": "final" in the config keeps them always

        """)
    let unknown = try sandbox.regbench("weights", "export", "feedbeef", "-o", "f.safetensors")
    #expect(unknown.status == 66)
    #expect(unknown.stderr.contains("feedbeef: there is no such run below runs/"))
  }

  @Test func `keepWeights "final" keeps the weights of final runs alone`() throws {
    let sandbox = try Sandbox()
    let text = TinyStudy.config().replacing(
      "\"trials\": 2,", with: "\"trials\": 2, \"keepWeights\": \"final\",")
    try sandbox.write(text, "tiny.json")
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
    let folder = sandbox.folder.file("runs/tiny/full")
    let runs = try Folder.entries(folder).filter { $0.count == 16 }
    #expect(runs.count == 12)
    let kept = runs.count {
      FileContents.exists(PathName.join(folder, "\($0)/weights.safetensors"))
    }
    // Two rows, two arms, two trials.
    #expect(kept == 8)
  }

  @Test func `a file without metadata needs a network`() throws {
    let sandbox = try Sandbox()
    let header = #"{"fc.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let bytes = [UInt8(header.utf8.count)] + [UInt8](repeating: 0, count: 7)
    try AtomicFile.write(
      bytes + Array(header.utf8) + [0, 0, 0, 0], to: sandbox.folder.file("f.safetensors"))
    let nameless = try sandbox.regbench("weights", "evaluate", "f.safetensors")
    #expect(nameless.status == 64)
    #expect(nameless.stderr.contains("name it with --network"))
    let homeless = try sandbox.regbench(
      "weights", "evaluate", "f.safetensors", "--network", "lenet")
    #expect(homeless.status == 64)
    #expect(homeless.stderr.contains("name one with --dataset"))
    let foreign = try sandbox.regbench(
      "weights", "evaluate", "f.safetensors", "--network", "lenet", "--dataset", "mnist-5k",
      "--scale", "1/256")
    #expect(foreign.status == 65)
    #expect(foreign.stderr.contains("lenet expects it with shape [20, 1, 5, 5]"))
  }

  @Test func `layers that end in the wrong number are an error of the config`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      Self.config(Self.layers.replacing("\"outputs\": 3}", with: "\"outputs\": 4}")), "bad.json")
    let outcome = try sandbox.regbench("check", "bad.json")
    #expect(outcome.status == 64)
    #expect(
      outcome.stderr.contains("handmade ends in 4 outputs, but the data has 3 classes"),
      "\(outcome.stderr) \(outcome.stdout)")
  }
}
