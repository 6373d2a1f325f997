import Testing

@testable import Model

@Suite struct DatasetSpecTests {
  private func read(_ text: String) throws -> (value: DatasetSpec, problems: [String]) {
    try reading(text) { DatasetSpec(reading: $0) }
  }

  @Test(arguments: [
    #"{"name": "mnist", "validation": 10000, "scale": "1/256"}"#, #"{"name": "mnist-5k"}"#,
    #"{"name": "mnist", "files": "my data", "unverified": true}"#, #"{"name": "synthetic"}"#,
    #"{"name": "own", "files": "my data"}"#, #"{"name": "own", "files": "a.npz", "format": "npz"}"#,
    #"{"name": "MNIST", "files": "my data", "unverified": false}"#,
    #"{"name": "synthetic", "synthetic": {"height": 8, "width": 9, "channels": 3, "classes": 4}}"#,
    #"{"name": "cifar10", "normalize": "cifar", "augment": [{"name": "flip"}]}"#,
    #"{"name": "svhn", "files": "d", "unverified": true, "facts": {"training": 4000, "test": 9}}"#,
    """
    {"name": "own", "files": "d", "unverified": true, "format": "cifar",
     "facts": {"height": 8, "width": 8, "channels": 3, "classes": 2, "training": 4, "test": 4}}
    """,
  ])
  func `the canonical form reads back`(text: String) throws {
    let (spec, problems) = try read(text)
    #expect(problems == [])
    #expect(try read(spec.json.canonicalText).value == spec)
  }

  @Test func `user files are unverified unless the study says otherwise`() throws {
    #expect(try read(#"{"name": "own", "files": "x"}"#).value.unverified)
    #expect(try !read(#"{"name": "mnist", "files": "x", "unverified": false}"#).value.unverified)
    #expect(try !read(#"{"name": "mnist"}"#).value.unverified)
    // What results that exist were computed from keeps its form.
    #expect(
      try read(#"{"name": "mnist", "files": "x"}"#).value.json.canonicalText
        == read(#"{"name": "mnist", "files": "x", "unverified": true}"#).value.json.canonicalText)
  }

  @Test func `the scale may be a quotient`() throws {
    #expect(try read(#"{"name": "mnist", "scale": "1/256"}"#).value.scale == 0.00390625)
    #expect(try read(#"{"name": "mnist"}"#).value.scale == 1.0 / 255)
  }

  @Test(arguments: [
    "{}", #"{"name": "own\u001b[2J", "files": "d", "unverified": true}"#,
    #"{"name": "mnist", "validation": -1}"#, #"{"name": "mnist", "format": "idx"}"#,
    #"{"name": "own", "files": "x", "unverified": false}"#,
    #"{"name": "mnist", "synthetic": {}}"#, #"{"name": "mnist", "scale": "1/0"}"#,
    #"{"name": "mnist", "shuffle": true}"#,
    #"{"name": "synthetic", "synthetic": {"classes": 1}}"#,
    #"{"name": "mnist", "normalize": "cifra"}"#,
    #"{"name": "mnist", "augment": [{"name": "fly"}]}"#,
    #"{"name": "mnist", "facts": {"training": 5}}"#,
    #"{"name": "own", "files": "d", "unverified": true, "format": "gif", "facts": {"height": 1, "width": 1, "channels": 1, "classes": 2, "training": 4, "test": 4}}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `facts of the known data sets`() throws {
    let mnist = try #require(DatasetFacts.of(read(#"{"name": "mnist"}"#).value))
    #expect(mnist.shape.count == 784)
    #expect(mnist.training == 60_000)
    #expect(mnist.test == 10_000)
    let text = #"{"name": "synthetic", "synthetic": {"classes": 7, "training": 50}}"#
    let synthetic = try #require(DatasetFacts.of(read(text).value))
    #expect(synthetic.classes == 7)
    #expect(synthetic.training == 50)
    #expect(try DatasetFacts.of(read(#"{"name": "imagenet"}"#).value) == nil)
    let sample = #"{"name": "svhn", "files": "d", "unverified": true, "facts": {"training": 4000}}"#
    let svhn = try #require(DatasetFacts.of(read(sample).value))
    #expect(svhn.training == 4000)
    #expect(svhn.test == 26_032)
  }
}
