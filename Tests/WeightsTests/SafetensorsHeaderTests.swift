import TestSupport
import Testing

@testable import Weights

@Suite struct SafetensorsHeaderTests {
  private func header(_ text: String, dataBytes: Int = 24) throws -> SafetensorsHeader {
    try SafetensorsHeader(reading: Array(text.utf8), dataBytes: dataBytes, file: "w")
  }

  @Test func `tensors come in the order of their bytes`() throws {
    let header = try header(
      """
      {"b": {"dtype": "I64", "shape": [], "data_offsets": [16, 24]}, "__metadata__": {"x": "y"},
       "empty": {"dtype": "F32", "shape": [0, 3], "data_offsets": [16, 16]},
       "a": {"dtype": "BF16", "shape": [2, 4], "data_offsets": [0, 16]}}
      """)
    #expect(header.tensors.map(\.name) == ["a", "empty", "b"])
    #expect(header.tensors.map(\.count) == [8, 0, 1])
    #expect(header.metadata == ["x": "y"])
  }

  @Test func `null metadata count as none`() throws {
    let header = try SafetensorsHeader(
      reading: Array(#"{"__metadata__": null}"#.utf8), dataBytes: 0, file: "w")
    #expect(header.metadata.isEmpty)
  }

  private static func entry(_ changed: String) -> String {
    "{\"a\": {\(changed)}}"
  }

  /// Every damage: what the file says, what is wrong with it, whose fault it is.
  static let damages: [(String, String, String?)] = [
    ("[]", "the header must begin with \"{\"", nil),
    ("{", "the header is not JSON: expected a name in double quotes, found the end", nil),
    (
      #"{"a": {"dtype": "F32", "shape": [6], "data_offsets": [0, 24]}, "a": 1}"#,
      "the header is not JSON: the name \"a\" occurs twice in one object", nil
    ),
    (#"{"__metadata__": []}"#, "\"__metadata__\" must be an object, found a list", nil),
    (
      #"{"__metadata__": {"n": 1}}"#,
      "\"n\" of \"__metadata__\" must be a string, found the number 1", nil
    ),
    (#"{"a": 3}"#, "expected an object, found the number 3", "a"),
    (
      entry(#""dtype": "F32", "shape": [6], "data_offsets": [0, 24], "stride": 1"#),
      "unknown key \"stride\"", "a"
    ),
    (entry(#""dtype": "F32", "data_offsets": [0, 24]"#), "missing key \"shape\"", "a"),
    (
      entry(#""dtype": "F31", "shape": [6], "data_offsets": [0, 24]"#),
      "unknown dtype the string \"F31\"", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [-6], "data_offsets": [0, 24]"#),
      "\"shape\" must be a list of whole numbers from 0", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [1.5], "data_offsets": [0, 24]"#),
      "\"shape\" must be a list of whole numbers from 0", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [6], "data_offsets": [24, 0]"#),
      "\"data_offsets\" must be a begin and an end that is not before it", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [6], "data_offsets": [0]"#),
      "\"data_offsets\" must be a begin and an end that is not before it", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 24]"#),
      "shape [4294967296, 4294967296] is too large for any file", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [5], "data_offsets": [0, 24]"#),
      "F32 of shape [5] takes 20 bytes, but \"data_offsets\" span 24", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [7], "data_offsets": [0, 28]"#),
      "it ends at byte 28 of the data, of which there are 24", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [5], "data_offsets": [4, 24]"#),
      "it begins at byte 4 of the data and leaves a gap behind the header, which ends at 0", "a"
    ),
    (
      entry(#""dtype": "F32", "shape": [5], "data_offsets": [0, 20]"#),
      "4 bytes behind the last tensor belong to none", nil
    ),
    (
      #"""
      {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]},
       "b": {"dtype": "F32", "shape": [3], "data_offsets": [12, 24]}}
      """#, "it begins at byte 12 of the data and overlaps \"a\", which ends at 16", "b"
    ),
    (
      #"""
      {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
       "b": {"dtype": "F32", "shape": [3], "data_offsets": [12, 24]}}
      """#, "it begins at byte 12 of the data and leaves a gap behind \"a\", which ends at 8", "b"
    ),
  ]

  @Test(arguments: damages)
  func `damage is named`(_ text: String, _ problem: String, _ tensor: String?) {
    let error = #expect(throws: WeightsError.self) { try header(text) }
    #expect(error?.problem.hasPrefix(problem) == true, "\(error?.message ?? "")")
    #expect(error?.tensor == tensor)
    #expect(error?.kind == .corrupt)
    #expect(error?.kind == .corrupt)
  }

  /// Whatever the bytes, the answer is a header that fits them or an error.
  @Test func `random changes never crash the reader`() {
    let whole = Array(SafetensorsBytes.header.utf8)
    var mutator = Mutator(seed: 11)
    var accepted = 0
    for _ in 0..<Mutator.attempts {
      let mutant = mutator.mutate(whole)
      do throws(WeightsError) {
        let header = try SafetensorsHeader(reading: mutant, dataBytes: 24, file: "w")
        accepted += 1
        #expect(header.tensors.reduce(0) { $0 + $1.bytes.count } == 24)
      } catch {
        #expect(error.kind == .corrupt)
      }
    }
    #expect(accepted > 0 && accepted < Mutator.attempts / 2)
  }
}
