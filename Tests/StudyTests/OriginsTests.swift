import Canonical
import Testing

@testable import Study

@Suite struct OriginsTests {
  private let text = """
    {"study": "s", "trials": 2, "dataset": {"name": "mnist-5k", "validation": 500},
     "network": "lenet", "axes": {"trainSize": [300, 400]},
     "training": {"batch": 10, "iterations": 5, "learningRate": {"base": 0.1},
      "optimizer": {"name": "sgd"}},
     "arms": [{"name": "a", "regularizers": [{"name": "shakeout", "tau": 0.3, "c": 0.1}]}],
     "profiles": {"smoke": {"trials": 1}}}
    """

  private func origins(_ settings: [String] = [], profile: String? = nil) throws -> [String: Origin]
  {
    let study = try StudySpec.load(
      file: "s.json", profile: profile, settings: settings, read: { _ in Array(text.utf8) }
    ).get()
    return Dictionary(uniqueKeysWithValues: study.origins.map { ($0.path.description, $0) })
  }

  @Test func `every value of the resolved document has an origin`() throws {
    let origins = try origins()
    #expect(
      origins["trials"]
        == Origin(path: DocumentPath(steps: ["trials"]), value: "2", place: "s.json:1:26"))
    #expect(origins["training.batch"]?.place == "s.json:3:24")
    #expect(origins["axes.trainSize"]?.value == "[300,400]")
    #expect(origins["arms.a.regularizers.shakeout.tau"]?.value == "0.3")
    #expect(
      origins["training.lastBatch"]
        == Origin(
          path: DocumentPath(steps: ["training", "lastBatch"]), value: "\"wrap\"", place: "default")
    )
    #expect(origins["dataset.scale"]?.place == "default")
    #expect(origins["arms.a.regularizers.shakeout.tanhScale"]?.value == "1")
    // The letter of the paper is the value; `"lenet"` is the whole network.
    #expect(origins["arms.a.regularizers.shakeout.drop"] == nil)
    #expect(origins["network.name"] == nil)
    // Keys of the study itself have defaults, too, and data sets one that came later than their ids.
    for (key, value) in [
      ("seed", "1"), ("task", "\"classification\""), ("selectOn", "\"validation\""),
      ("keepWeights", "\"measured\""), ("dataset.subset", "\"fixed\""),
    ] {
      #expect(origins[key]?.value == value, "\(key)")
      #expect(origins[key]?.place == "default")
    }
    let mlp = try self.origins(["network=mlp"])
    #expect(mlp["network.hidden"]?.value == "[4096]")
    #expect(mlp["network.hidden"]?.place == "default")
  }

  @Test func `origins name the profile or setting`() throws {
    #expect(try origins(profile: "smoke")["trials"]?.place == "s.json:6:35")
    let set = try origins(["training.batch=32"])
    #expect(
      set["training.batch"]
        == Origin(
          path: DocumentPath(steps: ["training", "batch"]), value: "32",
          place: "--set training.batch=32"))
  }

  @Test func `an initializer that every layer overrides is said to have no effect`() throws {
    func place(_ network: String) throws -> String? {
      try origins(["network=\(network)", "dataset.name=cifar10"])["training.initializer"]?.place
    }
    // Every layer of AlexFastNet has a Gaussian of its own, none of LeNet has.
    #expect(
      try place("alexfastnet") == "default; plays no part: every layer has its own")
    #expect(try place("lenet") == "default")
  }
}
