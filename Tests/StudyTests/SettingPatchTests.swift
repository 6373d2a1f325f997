import Canonical
import Testing

@testable import Study

@Suite struct SettingPatchTests {
  private func errors(_ settings: String..., text: String = StudyFixture.small()) -> String {
    guard case .failure(let error) = StudyFixture.load(text, settings: settings) else { return "" }
    return error.text
  }

  private func resolved(_ settings: String...) throws -> JSONValue {
    try StudyFixture.load(StudyFixture.small(), settings: settings).printingErrors().resolved
  }

  @Test func `values are JSON or bare strings`() throws {
    let document = try resolved(
      "trials=3", "training.optimizer.momentum=0.5", "title=A new title", "axes.trainSize=[500]",
      "training.lastBatch=keep", "arms.Dropout.regularizers.dropout.drop=0.25",
      "arms.0.note=plain", "evaluation.every=10")
    #expect(document["trials"]?.intValue == 3)
    #expect(document["training"]?["optimizer"]?["momentum"]?.doubleValue == 0.5)
    #expect(document["title"]?.stringValue == "A new title")
    #expect(document["axes"]?["trainSize"]?.canonicalText == "[500]")
    #expect(document["arms"]?.elements?[0]["note"]?.stringValue == "plain")
    #expect(document["evaluation"]?.canonicalText == "{\"every\":10}")
    let dropout = document["arms"]?.elements?[1]["regularizers"]?.elements?[0]
    #expect(dropout?["drop"]?.doubleValue == 0.25)
  }

  @Test func `a setting of null removes its key`() throws {
    let document = try resolved("axes.trainSize=null", "trainSize=500")
    #expect(document["axes"]?["trainSize"] == nil)
    let study = try StudyFixture.load(
      StudyFixture.small(), settings: ["axes.trainSize=null", "trainSize=500"]
    ).printingErrors()
    #expect(study.axes.map(\.key) == ["network"])
    #expect(study.rows.count == 6)
  }

  @Test func `messages about --set quote the option`() {
    #expect(
      errors("training.bacth=3") == """
        --set training.bacth=3: error: unknown key "bacth"
          did you mean "batch"? allowed: "batch", "clipNorm", "epochs", "initialWeights", "initializer", "iterations", "lastBatch", "learningRate", "note", "optimizer"

        """)
    #expect(
      errors("training.batch=many") == """
        --set training.batch=many: error: "batch" must be a whole number, found the string "many"

        """)
    #expect(
      errors("trainig.batch=3") == """
        --set trainig.batch=3: error: the study has no key "trainig.batch"
          did you mean "training.batch"?

        """)
    #expect(
      errors("trials") == """
        --set trials: error: a setting needs a value
          write it as --set key=value, for example --set trials=3

        """)
    #expect(errors("trials=") == "--set trials=: error: a setting needs a value\n")
    #expect(
      errors("a..b=1") == """
        --set a..b=1: error: a setting needs names between its dots
          for example --set training.batch=32

        """)
    #expect(
      errors("axes.trainSize=[500").hasPrefix(
        "--set axes.trainSize=[500: error: not a JSON value: "))
    #expect(
      errors("arms.Dropuot.note=x") == """
        --set arms.Dropuot.note=x: error: there is no "Dropuot" in "arms"
          did you mean "Dropout"? known: "std-BP", "Dropout", "Shakeout"

        """)
    #expect(
      errors("trials.x=1")
        == "--set trials.x=1: error: \"trials\" is the number 2 and has no \"x\"\n")
    #expect(
      errors("titel=null")
        == "--set titel=null: error: the study has no key \"titel\"\n"
        + "  did you mean \"title\"?\n")
    #expect(
      errors("profiles.tiny.trials=1")
        == "--set profiles.tiny.trials=1: error: \"profiles\" cannot "
        + "stand in a profile or a setting\n")
    #expect(errors("trainSize=500").contains("is set here and is an axis of the study"))
  }

  @Test func `settings come after the profile`() throws {
    let study = try StudyFixture.load(
      StudyFixture.small(), profile: "tiny", settings: ["trials=7"]
    ).printingErrors()
    #expect(study.trials == 7)
    #expect(study.resolved["training"]?["iterations"]?.intValue == 4)
  }
}
