import Canonical
import Testing

@testable import Study

@Suite struct StudySnapshotTests {
  @Test(arguments: [nil, "tiny"])
  func `a study restored from its snapshot is the same`(profile: String?) throws {
    let study = try StudyFixture.load(
      StudyFixture.small(), profile: profile, settings: ["training.batch=25"],
      only: ["n=300,arm=Dropout"]
    ).get()
    // As it comes back from a file.
    let text = study.snapshot.prettyText
    let written = try JSONParser.parse(Array(text.utf8), file: "provenance.json").get()
    let again = try StudySpec.restoring(written, file: "provenance.json").get()
    #expect(again.profile == study.profile)
    #expect(again.alterationHash == study.alterationHash)
    #expect(again.isAltered)
    #expect(again.folder == study.folder)
    #expect(again.trials == study.trials)
    #expect(again.rows.map(\.arm) == ["Dropout", "Dropout"])
    #expect(again.rows.map(\.axes) == study.rows.map(\.axes))
    #expect(again.upperBound.map(\.example) == study.upperBound.map(\.example))
    #expect(again.snapshot == study.snapshot)
  }

  @Test func `a restored unaltered study is unaltered`() throws {
    let study = try StudyFixture.load(StudyFixture.small()).get()
    let again = try StudySpec.restoring(study.snapshot, file: "").get()
    #expect(!again.isAltered)
    #expect(again.folder == "small/full")
  }

  @Test func `a damaged snapshot is reported`() {
    guard
      case .failure(let invalid) = StudySpec.restoring(
        .object(["profile": .string("paper")]), file: "provenance.json")
    else {
      Issue.record("a snapshot without a document must not pass")
      return
    }
    #expect(invalid.text.contains("document"))
  }
}
