import Testing

@testable import Model

@Suite struct TrainingSpecTests {
  private func read(_ text: String) throws -> (value: TrainingSpec, problems: [String]) {
    try reading(text) { TrainingSpec(reading: $0) }
  }
  private let rest = #""optimizer": {"style": "caffe"}, "learningRate": {"base": 0.1}"#

  @Test func `iterations wrap around`() throws {
    let (spec, problems) = try read("{\"batch\": 64, \"iterations\": 10000, \(rest)}")
    #expect(problems == [])
    #expect(spec.length == .iterations(10_000))
    #expect(spec.lastBatch == .wrap)
    #expect(spec.initializer == .torchDefault)
    #expect(spec.updatesPerEpoch(images: 500) == 7)
    #expect(spec.totalUpdates(images: 500) == 10_000)
  }

  @Test func `epochs keep a short last batch`() throws {
    let (spec, problems) = try read("{\"batch\": 64, \"epochs\": 3, \(rest)}")
    #expect(problems == [])
    #expect(spec.lastBatch == .keep)
    #expect(spec.updatesPerEpoch(images: 500) == 8)
    #expect(spec.totalUpdates(images: 500) == 24)
  }

  @Test func `a dropped last batch is no update unless it is the only batch`() throws {
    let text = "{\"batch\": 64, \"epochs\": 3, \"lastBatch\": \"drop\", \(rest)}"
    let spec = try read(text).value
    #expect(spec.totalUpdates(images: 500) == 21)
    #expect(spec.updatesPerEpoch(images: 10) == 1)
  }

  @Test func `the canonical form reads back`() throws {
    let text = """
      {"batch": 5, "epochs": 2, "lastBatch": "drop", "initializer": {"gaussian": 0.02}, \(rest)}
      """
    let spec = try read(text).value
    #expect(spec.initializer == .gaussian(deviation: 0.02))
    let (again, problems) = try read(spec.json.canonicalText)
    #expect(problems == [])
    #expect(again == spec)
  }

  @Test func `wrong keys and values are refused with a message`() throws {
    for start in [
      #""iterations": 5"#, #""batch": 0, "iterations": 5"#, #""batch": 4"#,
      #""batch": 4, "iterations": 5, "epochs": 2"#, #""batch": 4, "iterations": 2.5"#,
      #""batch": 4, "iterations": 5, "lastBatch": "skip""#,
      #""batch": 4, "iterations": 5, "initializer": "xavier""#,
      #""batch": 4, "iterations": 5, "bacth": 3"#,
    ] {
      #expect(try read("{\(start), \(rest)}").problems.count == 1, "\(start)")
    }
  }

  @Test func `gradients are clipped only where a norm is given`() throws {
    let plain = try read("{\"batch\": 64, \"epochs\": 3, \(rest)}").value
    #expect(plain.clipNorm == nil)
    #expect(plain.json["clipNorm"] == nil)
    let clipped = try read("{\"batch\": 64, \"epochs\": 3, \"clipNorm\": 5, \(rest)}")
    #expect(clipped.problems == [])
    #expect(clipped.value.clipNorm == 5)
    #expect(try read(clipped.value.json.canonicalText).value == clipped.value)
    #expect(
      try !read("{\"batch\": 64, \"epochs\": 3, \"clipNorm\": 0, \(rest)}").problems.isEmpty)
  }
}
