import Testing

@testable import Canonical

@Suite struct SuggestionTests {
  private let keys = ["batch", "iterations", "optimizer", "learningRate", "initializer"]

  @Test(
    arguments: [
      ("bacth", "batch"), ("Batch", "batch"), ("optimiser", "optimizer"),
      ("learningrate", "learningRate"), ("learning_rate", "learningRate"),
      ("iteration", "iterations"),
    ])
  func `finds the nearest`(name: String, expected: String) {
    #expect(Suggestion.nearest(to: name, among: keys) == expected)
  }

  @Test(arguments: ["momentum", "xyz", "", "q"])
  func `stays silent when nothing is near`(name: String) {
    #expect(Suggestion.nearest(to: name, among: keys) == nil)
  }

  @Test func `of a short name little may be wrong`() {
    for known in ["at", "note", "name", "tau"] {
      #expect(Suggestion.nearest(to: "rate", among: [known]) == nil, "\(known)")
    }
    #expect(Suggestion.nearest(to: "armies", among: ["arms"]) == "arms")
  }

  @Test func `ties go to the first by name`() {
    #expect(Suggestion.nearest(to: "ab", among: ["bb", "aa"]) == "aa")
    #expect(Suggestion.nearest(to: "a", among: []) == nil)
  }

  @Test(
    arguments: [
      ("", "", 0), ("a", "", 1), ("abc", "acb", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
  func distances(a: String, b: String, distance: Int) {
    #expect(Suggestion.distance(a, b) == distance)
    #expect(Suggestion.distance(b, a) == distance)
  }
}
