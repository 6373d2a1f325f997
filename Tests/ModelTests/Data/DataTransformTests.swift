import Canonical
import Testing

@testable import Model

@Suite struct DataTransformTests {
  private func read(_ text: String) throws -> (value: Augmentation, problems: [String]) {
    try reading("{\"augment\": \(text)}") { Augmentation("augment", of: $0) }
  }

  private static let texts = [
    #"{"fill":"zero","name":"pad-crop","pad":4}"#, #"{"fill":"reflect","name":"pad-crop","pad":2}"#,
    #"{"name":"flip","probability":0.5}"#, #"{"name":"cutout","size":16}"#,
    #"{"name":"autoaugment","ranges":"tenths"}"#, #"{"name":"autoaugment","ranges":"ninths"}"#,
    #"{"most":0.25,"name":"brightness"}"#, #"{"degrees":15,"fill":"mean","name":"rotation"}"#,
    #"{"name":"input-noise","std":0.1}"#,
  ]

  @Test(arguments: texts) func `the canonical form reads back`(text: String) throws {
    let (augmentation, problems) = try read("[\(text)]")
    #expect(problems == [])
    #expect(augmentation.json.canonicalText == "[\(text)]")
    #expect(try read(augmentation.json.canonicalText).value == augmentation)
  }

  @Test func `their order is kept`() throws {
    let text = "[\(Self.texts.reversed().joined(separator: ","))]"
    let augmentation = try read(text).value
    #expect(augmentation.json.canonicalText == text)
    #expect(augmentation != Augmentation(augmentation.steps.reversed()))
  }

  @Test(arguments: [
    #"[{"name": "flop"}]"#, #"[{"name": "cutout"}]"#, #"[{"name": "cutout", "size": 0}]"#,
    #"[{"name": "flip", "probability": 1.1}]"#, #"[{"name": "pad-crop", "fill": "white"}]"#,
    #"[{"name": "autoaugment", "ranges": "thirds"}]"#, #"[{"name": "dropout", "drop": 0.5}]"#,
    #"[{"name": "rotation"}]"#, #"{"name": "flip"}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }

  @Test func `an arm may add one`() throws {
    let network = NetworkSpec.lenet(
      input: FeatureShape(height: 28, width: 28, channels: 1), classes: 10)
    #expect(
      try network.attaching([Cutout(size: 8), Dropout(drop: 0.5)]).layers.count
        == network.layers.count + 1)
    let error = #expect(throws: RegularizerConflict.self) {
      try network.attaching([PadCrop(pad: 28)])
    }
    #expect(error?.regularizer == "pad-crop")
    let wide = NetworkSpec.lenet(
      input: FeatureShape(height: 28, width: 28, channels: 2), classes: 10)
    #expect(throws: RegularizerConflict.self) { try wide.attaching([AutoAugment()]) }
  }
}
