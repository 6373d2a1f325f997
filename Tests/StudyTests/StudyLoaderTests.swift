import Canonical
import Model
import Testing

@testable import Study

@Suite struct StudyLoaderTests {
  @Test func `a margin says nothing about variants`() throws {
    let mapping =
      #""variantsOf": [{"paper": "shakeout", "table": "table3", "row": "500", "column": "{arm}", "#
      + #""margin": 1}], "profiles""#
    let text = StudyFixture.small().replacing("\"profiles\"", with: mapping)
    guard case .failure(let error) = StudyFixture.load(text) else {
      Issue.record("a margin was accepted")
      return
    }
    #expect(error.text.contains("\"margin\" says nothing about variants"), "\(error.text)")
  }

  @Test func `a profile's note stands behind the study's`() throws {
    let text = StudyFixture.small().replacing(
      "\"profiles\": {\"tiny\": {",
      with: "\"note\": \"Chosen afterwards.\", \"profiles\": {\"tiny\": {\"note\": \"Seconds.\", ")
    let tiny = try StudyFixture.load(text, profile: "tiny").printingErrors()
    let own = tiny.notes.filter(\.path.isEmpty).map(\.text)
    #expect(own == ["Chosen afterwards. Seconds."])
  }

  @Test func `profiles patch the study`() throws {
    let paper = try StudyFixture.load(StudyFixture.small()).printingErrors()
    #expect(paper.profile == "full" && paper.profiles == ["full", "tiny"])
    #expect(!paper.isReduced && paper.folder == "small/full" && paper.trials == 2)
    let tiny = try StudyFixture.load(StudyFixture.small(), profile: "tiny").printingErrors()
    #expect(tiny.isReduced && tiny.folder == "small/tiny" && tiny.trials == 1)
    #expect(
      tiny.ready()[0].spec.setup?.recipe.length == .iterations(4))
    guard case .failure(let error) = StudyFixture.load(StudyFixture.small(), profile: "tniy") else {
      Issue.record("an unknown profile was accepted")
      return
    }
    #expect(
      error.text == """
        --profile tniy: error: the study has no profile "tniy"
          did you mean "tiny"? known: "full", "tiny"

        """)
  }

  @Test func `a file extends another`() throws {
    let child = """
      {"extends": "base/common.json", "study": "child", "trials": 5,
       "arms": {"Shakeout": null}, "profiles": {"more": {"trials": 9}}}
      """
    let middle = "{\"extends\": \"../small.json\", \"training\": {\"batch\": 25}}"
    let others = ["base/common.json": middle, "small.json": StudyFixture.small()]
    let study = try StudyFixture.load(child, profile: "more", others: others).printingErrors()
    #expect(study.name == "child" && study.trials == 9)
    #expect(study.arms.map(\.name) == ["std-BP", "Dropout"])
    #expect(study.resolved["training"]?["batch"]?.intValue == 25)
    #expect(study.resolved["training"]?["iterations"]?.intValue == 40)
    #expect(study.profiles == ["full", "tiny", "more"])
  }

  @Test func `errors in a base point into the base`() {
    let base = StudyFixture.small(("\"momentum\"", "\"momentun\""))
    let result = StudyFixture.load(
      "{\"extends\": \"small.json\",\n \"trails\": 3}", others: ["small.json": base])
    guard case .failure(let error) = result else {
      Issue.record("two mistakes were accepted")
      return
    }
    #expect(error.diagnostics.map(\.location.file) == ["study.json", "small.json"])
    #expect(
      error.text.contains("study.json:2:2: error: unknown key \"trails\"\n     \"trails\": 3}\n"))
    #expect(error.text.contains("small.json:5:61: error: unknown key \"momentun\"\n"))
  }

  @Test func `files that extend one another in a circle are an error`() {
    let others = ["a.json": "{\"extends\": \"b.json\"}", "b.json": "{\"extends\": \"./a.json\"}"]
    guard case .failure(let error) = StudyFixture.load("{\"extends\": \"a.json\"}", others: others)
    else {
      Issue.record("a circle was accepted")
      return
    }
    #expect(
      error.diagnostics.map(\.message) == [
        "the files extend one another: study.json → a.json → b.json → a.json"
      ])
  }

  @Test func `paths are relative to the file that names them`() {
    #expect(Extends.path("b.json", relativeTo: "configs/a.json") == "configs/b.json")
    #expect(Extends.path("../b.json", relativeTo: "configs/a.json") == "b.json")
    #expect(Extends.path("../b.json", relativeTo: "a.json") == "../b.json")
    #expect(Extends.path("./b.json", relativeTo: "/x/y/a.json") == "/x/y/b.json")
    #expect(Extends.path("/b.json", relativeTo: "configs/a.json") == "/b.json")
  }

  @Test func `overrides give one recipe for each case`() throws {
    let text = StudyFixture.small(
      (
        "\"profiles\"",
        """
        "overrides": [
          {"when": {"network": "mlp"}, "set": {"training": {"batch": 20}}},
          {"when": {"arm": ["Dropout", "std-BP"], "n": 300}, "set": {"training": {"iterations": 7}}}
        ], "profiles"
        """
      ))
    let study = try StudyFixture.load(text).printingErrors()
    let final = study.ready().filter { $0.trial == 1 }
    let recipes = final.map { cell -> String in
      guard case .iterations(let count) = cell.spec.setup?.recipe.length else { return "" }
      return "\(cell.name): \(cell.spec.setup?.recipe.batch ?? 0)×\(count)"
    }
    #expect(
      recipes == [
        "lenet n=300 std-BP #1: 50×7", "lenet n=1000 std-BP #1: 50×40",
        "mlp n=300 std-BP #1: 20×7", "mlp n=1000 std-BP #1: 20×40",
      ])
  }

  @Test func `arms patch the cell and axes reach into regularizers`() throws {
    let text = """
      {"study": "s", "trials": 1, "dataset": {"name": "mnist-5k"}, "network": "lenet",
       "training": {"batch": 10, "iterations": 5, "optimizer": {}, "learningRate": {"base": 0.1}},
       "axes": {"training.learningRate.base": [0.1, 1e-2], "regularizers.dropout.drop": [0.25, 0.5]},
       "arms": [{"name": "a", "training": {"batch": 20}, "regularizers": [{"name": "dropout", "drop": 0}]}]}
      """
    let study = try StudyFixture.load(text.replacing("\"base\": 0.1}}", with: "}}"))
      .printingErrors()
    let cells = study.ready()
    #expect(
      cells.map(\.name) == [
        "training.learningRate.base=0.1 regularizers.dropout.drop=0.25 a #1",
        "training.learningRate.base=0.1 regularizers.dropout.drop=0.5 a #1",
        "training.learningRate.base=0.01 regularizers.dropout.drop=0.25 a #1",
        "training.learningRate.base=0.01 regularizers.dropout.drop=0.5 a #1",
      ])
    let rate = cells[2].spec.setup?.recipe.learningRate
    #expect(rate?.kind == .constant && rate?.base == 0.01)
    #expect(cells[3].hyperparameters == [Hyperparameter(name: "drop", value: 0.5)])
    #expect(cells.allSatisfy { $0.spec.setup?.recipe.batch == 20 })
  }

  @Test func `two networks of one family on an axis get different names`() throws {
    let text = StudyFixture.small(("\"lenet\",", "{\"name\": \"mlp\", \"hidden\": [100, 50]},"))
    let study = try StudyFixture.load(text).printingErrors()
    #expect(study.axes[0].values == ["mlp(hidden=[100-50])", "mlp(hidden=[64])"])
    let one = StudyFixture.load(text, only: ["network=mlp(hidden=[100-50]),n=300"])
    #expect(try one.printingErrors().rows.count == 3)
  }

  @Test func `reproductions name their published cells`() throws {
    let study = try StudyFixture.config("mnist-shakeout.json").printingErrors()
    let rows = study.rows.flatMap { row in
      study.reproduces.filter { $0.condition.matches(arm: row.arm, axes: row.axes) }.map {
        "\($0.paper) \($0.table) \($0.row.text(arm: row.arm, axes: row.axes)) "
          + "\($0.column.text(arm: row.arm, axes: row.axes)) \($0.metric.rawValue)"
      }
    }
    #expect(rows.count == 36 && Set(rows).count == 36)
    #expect(rows.first == "shakeout table2 500 std-BP test_error")
    #expect(rows.last == "shakeout table3 50000 Shakeout test_error")
  }

  @Test func `notes are kept with their places`() throws {
    let study = try StudyFixture.config("mnist-shakeout.json", profile: "desk").printingErrors()
    let paths = study.notes.map(\.path.description)
    #expect(paths.contains("training") && paths.contains("arms.Dropout.regularizers.dropout"))
    #expect(study.notes.allSatisfy { $0.location.line > 0 })
    #expect(study.reduced?.contains("three trials") == true)
  }

  @Test func `an altered study has a result folder of its own`() throws {
    func folder(_ settings: [String] = [], _ only: [String] = []) throws -> String {
      let study = try StudyFixture.load(StudyFixture.small(), settings: settings, only: only)
        .printingErrors()
      #expect(study.isAltered == !(settings.isEmpty && only.isEmpty))
      return study.folder
    }
    #expect(try folder() == "small/full")
    let three = try folder(["trials=3"])
    #expect(three.hasPrefix("small/full-") && three.count == "small/full-".count + 8)
    #expect(try folder(["trials=3.0e0"]) == three)
    #expect(try folder(["trials=4"]) != three)
    let some = try folder([], ["arm=Dropout,n=300"])
    #expect(try folder([], ["n=300", "arm=Dropout"]) == some)
    #expect(try folder([], ["n=1000", "arm=Dropout"]) != some && some != three)
  }

  @Test func `an option that changes nothing alters nothing`() throws {
    let config = StudyFixture.small()
    let study = try StudyFixture.load(config).printingErrors()
    let all = study.arms.map { "arm=\($0.name)" }
    for (settings, only) in [
      (["trials=\(study.trials)"], []), (["seed=1"], []),
      (["trials=7", "trials=\(study.trials)"], []),
      ([], [all.joined(separator: ",")]), ([], all),
    ] {
      let same = try StudyFixture.load(config, settings: settings, only: only).printingErrors()
      #expect(!same.isAltered && same.folder == study.folder, "\(settings) \(only)")
      #expect(same.snapshot["only"] == study.snapshot["only"])
    }
    let one = try StudyFixture.load(config, settings: ["trials=7"]).printingErrors()
    let both = try StudyFixture.load(config, settings: ["seed=1", "trials=7"]).printingErrors()
    #expect(one.isAlteredByOptions && one.folder == both.folder)
  }

  @Test func `user files make a study an altered one`() throws {
    let text = StudyFixture.small(
      (
        "\"validation\": 1000", "\"validation\": 1000, \"files\": \"mine\", \"unverified\": true"
      ))
    let study = try StudyFixture.load(text).printingErrors()
    #expect(study.isAltered && study.isReduced)
    // They stand in the file.
    #expect(!study.isAlteredByOptions)
    #expect(try !StudySpec.restoring(study.snapshot, file: "").get().isAlteredByOptions)
    let three = try StudyFixture.load(text, settings: ["trials=3"]).printingErrors()
    #expect(try StudySpec.restoring(three.snapshot, file: "").get().isAlteredByOptions)
  }

  @Test func `--only names unknown keys and values`() {
    func errors(_ only: String) -> String {
      guard case .failure(let error) = StudyFixture.load(StudyFixture.small(), only: [only]) else {
        return ""
      }
      return error.text
    }
    #expect(
      errors("arm=Dropuot") == """
        --only arm=Dropuot: error: no arm of the study is "Dropuot"
          did you mean "Dropout"? known: "std-BP", "Dropout", "Shakeout"

        """)
    #expect(
      errors("n=400,netwrok=lenet") == """
        --only n=400,netwrok=lenet: error: no trainSize of the study is "400"
          did you mean "300"? known: "300", "1000"
        --only n=400,netwrok=lenet: error: the study has no axis "netwrok"
          did you mean "network"? known: "arm", "network", "trainSize"

        """)
    #expect(errors("Dropout").contains("\"Dropout\" is not of the form key=value"))
  }

  @Test func `check looks into every profile`() throws {
    let text = StudyFixture.small(
      ("\"trials\": 1, ", "\"trails\": 1, "), ("\"batch\": 50", "\"bach\": 50"))
    func checked(_ text: String) -> Result<StudySpec, InvalidStudy> {
      StudyDocument.read("s.json") { (_) throws(UnreadableFile) in Array(text.utf8) }
        .flatMap { $0.checked() }
    }
    guard case .failure(let error) = checked(text) else {
      Issue.record("the mistakes were accepted")
      return
    }
    #expect(
      error.diagnostics.filter { $0.message.hasPrefix("unknown") }.map(\.message)
        == ["unknown key \"bach\"", "unknown key \"trails\" (profile \"tiny\")"])
    #expect(try checked(StudyFixture.small()).get().profile == "full")
  }

  @Test func `a file that cannot be read is one error`() {
    let result = StudySpec.load(file: "gone.json") { (_) throws(UnreadableFile) in
      throw UnreadableFile(reason: "No such file or directory")
    }
    guard case .failure(let error) = result else {
      Issue.record("a study without a file was loaded")
      return
    }
    #expect(error.text == "gone.json: error: cannot read the file: No such file or directory\n")
  }
}

@Suite struct WholeStudyNameTests {
  private let reproduces =
    #""reproduces": [{"paper": "shakeout", "table": "table3", "when": {"arm": "Dropout"}, "row": "500","#
    + #" "column": "Dropout"}], "trials": 2"#

  @Test func `a study of a paper's table is called paper, any other one full`() throws {
    let own = try StudyFixture.load(StudyFixture.small()).get()
    #expect(own.profile == "full" && own.folder == "small/full" && own.isAsWritten)
    let figures = StudyFixture.small(("\"trials\": 2", #""paper": "shakeout", "trials": 2"#))
    #expect(try StudyFixture.load(figures).get().profile == "paper")
    let table = StudyFixture.small(("\"trials\": 2", reproduces))
    #expect(try StudyFixture.load(table).get().profile == "paper")
  }

  @Test(arguments: ["full", "paper"])
  func `both "full" and "paper" mean the file as it stands`(name: String) throws {
    let study = try StudyFixture.load(StudyFixture.small(), profile: name).get()
    #expect(study.folder == "small/full" && !study.isReduced)
    let patch = StudyFixture.small(("\"tiny\": {", "\"\(name)\": {"))
    guard case .failure(let error) = StudyFixture.load(patch) else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains("the profile \"\(name)\" is the file as it stands"))
  }

  @Test func `records under the old profile name "paper" still belong to the whole study`() throws {
    let study = try StudyFixture.load(StudyFixture.small()).get()
    var old = study.snapshot
    old["profile"] = .string("paper")
    let restored = try StudySpec.restoring(old, file: "provenance.json").get()
    #expect(restored.profile == "paper" && restored.isAsWritten && !restored.isReduced)
  }
}
