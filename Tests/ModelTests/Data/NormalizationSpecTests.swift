import Canonical
import Testing

@testable import Model

@Suite struct NormalizationSpecTests {
  private func read(_ text: String) throws -> (value: NormalizationSpec, problems: [String]) {
    try reading("{\"normalize\": \(text)}") { NormalizationSpec("normalize", of: $0) }
  }

  @Test(arguments: [
    #""cifar""#, #""svhn-cutout""#, #"{"mean":"pixel"}"#, #"{"mean":"channel","std":"channel"}"#,
    #"{"mean":[1.5,2,3],"std":[4,5,6]}"#, #"{"std":[0.5]}"#,
  ])
  func `the canonical form reads back`(text: String) throws {
    let (spec, problems) = try read(text)
    #expect(problems == [])
    #expect(spec != .none)
    #expect(spec.form?.canonicalText == text)
    #expect(try read(try #require(spec.form).canonicalText).value == spec)
  }

  @Test func `absent normalization is written as nothing`() throws {
    #expect(try reading("{}") { NormalizationSpec("normalize", of: $0) }.value == .none)
    #expect(NormalizationSpec.none.form == nil)
    #expect(try read("{}").value == .none)
  }

  @Test(arguments: [
    #""cfar""#, #"{"mean":"pixels"}"#, #"{"mean":[]}"#, #"{"mean":["a"]}"#, #"{"std":[1,0]}"#,
    #"{"middle":"pixel"}"#, "3",
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `numbers must be as many as channels`() {
    #expect(NormalizationSpec(.cifar).problem(channels: 3) == nil)
    #expect(NormalizationSpec(.cifar).problem(channels: 1)?.contains("1 channel") == true)
    #expect(NormalizationSpec(mean: .constants([1])).problem(channels: 3) != nil)
    #expect(NormalizationSpec(mean: .pixel, std: .channel).problem(channels: 7) == nil)
  }

  @Test func `presets are the published numbers`() {
    let (mean, std) = NormalizationSpec.Preset.cifar.constants
    #expect(mean.map { ($0 / 255 * 1e4).rounded() } == [4914, 4822, 4465])
    #expect(std.map { ($0 / 255 * 1e4).rounded() } == [2023, 1994, 2010])
    #expect(NormalizationSpec.Preset.cifarWRN.constants.mean == [125.3, 123.0, 113.9])
  }
}
