import Testing

@testable import Study

@Suite struct AxisLabelTests {
  private let text = StudyFixture.small(
    (
      "[\"lenet\", {\"name\": \"mlp\", \"hidden\": [64]}]",
      "[{\"label\": \"LeNet, no\", \"name\": \"lenet\"}, {\"label\": \"MLP\", \"name\": \"mlp\", \"hidden\": [64]}]"
    ))

  @Test func `tables show labels and cells do not have them`() throws {
    let study = try StudyFixture.load(text.replacing("LeNet, no", with: "LeNet")).printingErrors()
    #expect(study.axes[0].values == ["LeNet", "MLP"])
    let cell = try #require(study.next(finished: [:]) { $0.name }.first)
    #expect(cell.axes[0].value == "LeNet")
    #expect(cell.spec.setup?.network.json.canonicalText == "{\"name\":\"lenet\"}")
    let only = try StudyFixture.load(
      text.replacing("LeNet, no", with: "LeNet"), only: ["network=MLP"]
    ).printingErrors()
    #expect(only.rows.count == 6)
  }

  @Test func `a label that options could not name is refused`() {
    guard case .failure(let error) = StudyFixture.load(text) else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains("a label is a text without , = { } or quotes"))
  }

  @Test func `excluded combinations are not trained`() throws {
    let study = try StudyFixture.load(
      StudyFixture.small(
        (
          "\"trials\": 2",
          "\"trials\": 2, \"exclude\": [{\"network\": \"mlp\", \"arm\": [\"Dropout\", \"Shakeout\"]}]"
        ))
    ).printingErrors()
    #expect(study.rows.count == 2 * 3 + 2)
    #expect(!study.rows.contains { $0.arm == "Dropout" && $0.axes[0].value == "mlp" })
  }
}
