import Testing

@testable import Durable

@Suite struct PathNameTests {
  @Test(arguments: [
    ("a/b", "a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("a/b/", "a", "b"), ("a//b", "a", "b"),
    ("/", "/", "/"),
  ])
  func `paths are split and joined`(path: String, parent: String, last: String) {
    #expect(PathName.parent(of: path) == parent)
    #expect(PathName.last(of: path) == last)
  }

  @Test func `a folder and a name are joined with one slash`() {
    #expect(PathName.join("a", "b") == "a/b")
    #expect(PathName.join("a/", "b") == "a/b")
    #expect(PathName.join("", "b") == "b")
    #expect(PathName.join("a", "/b") == "/b")
  }
}
