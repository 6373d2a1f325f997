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
    let cell = try #require(study.ready().first)
    #expect(cell.axes[0].value == "LeNet")
    #expect(cell.spec.setup?.network.json.canonicalText == "{\"name\":\"lenet\"}")
    let only = try StudyFixture.load(
      text.replacing("LeNet, no", with: "LeNet"), only: ["network=MLP"]
    ).printingErrors()
    #expect(only.rows.count == 6)
  }

  @Test func `a label with characters that options use is refused`() {
    guard case .failure(let error) = StudyFixture.load(text) else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains("a label is a text without , = { } or quotes"))
  }

  @Test func `excluded combinations have no rows`() throws {
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

@Suite struct LabelledAxisTests {
  private let sizes = "\"trainSize\": [300, 1000]"

  @Test func `an axis may have a label, which changes no cell`() throws {
    let labelled = StudyFixture.small(
      (sizes, #""trainSize": {"label": "digits", "values": [300, 1000]}"#))
    let studies = try [StudyFixture.small(), labelled].map { try StudyFixture.load($0).get() }
    #expect(studies.map { $0.axes[1].label } == [nil, "digits"])
    #expect(studies[0].axes[1].values == studies[1].axes[1].values)
    #expect(
      studies[0].rows.map { $0.axes.map(\.value) } == studies[1].rows.map { $0.axes.map(\.value) })
  }

  @Test(arguments: [
    (#"{"label": "", "values": [300]}"#, "a label must not be empty"),
    (#"{"label": 3, "values": [300]}"#, "\"label\" must be a string, found the number 3"),
    (#"{"label": "digits"}"#, "missing key \"values\""),
    (#"{"values": [300]}"#, "missing key \"label\""),
    (#"{"label": "digits", "valeus": [300], "values": [300]}"#, "unknown key \"valeus\""),
    (#"{"label": "digits", "values": []}"#, "an axis is a list of values, found an empty one"),
  ])
  func `wrong labels are refused with a message`(axis: String, message: String) {
    guard
      case .failure(let error) = StudyFixture.load(
        StudyFixture.small((sizes, "\"trainSize\": \(axis)")))
    else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains(message), "\(error.text)")
  }
}
