import Canonical
import Testing

@testable import Model

@Suite struct InitializerTests {
  private func read(_ text: String) throws -> (value: Initializer, problems: [String]) {
    try reading("{\"initializer\": \(text)}") { reader in
      Initializer(reading: reader.raw("initializer") ?? .null, reader)
    }
  }

  static let examples: [(String, Initializer)] = [
    (#""caffe-xavier""#, .caffeXavier), (#""he-fan-in""#, .heFanIn),
    (#""he-fan-out""#, .heFanOut), (#""torch-default""#, .torchDefault),
    (#""glorot-sigmoid""#, .glorotSigmoid), (#""torchvision-vgg""#, .torchvisionVGG),
    (#"{"gaussian": 0.01}"#, .gaussian(deviation: 0.01)),
  ]

  @Test(arguments: examples)
  func `is read and written`(text: String, initializer: Initializer) throws {
    let (value, problems) = try read(text)
    #expect(problems == [])
    #expect(value == initializer)
    #expect(try read(initializer.json.canonicalText).value == initializer)
  }

  @Test(arguments: [#""he""#, #"{"gaussian": -1}"#, #"{"normal": 1, "gaussian": 1}"#, "3"])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try !read(text).problems.isEmpty)
  }
}
