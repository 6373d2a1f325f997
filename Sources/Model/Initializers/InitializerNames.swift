import Canonical

extension Initializer {
  /// The names that configs use, beside `{"gaussian": deviation}`.
  package static let names = [
    "caffe-xavier", "he-fan-in", "he-fan-out", "torch-default", "glorot-sigmoid",
    "torchvision-vgg",
  ]

  /// Reads a name, or `{"gaussian": 0.01}`.
  package init(reading value: JSONValue, _ reader: ObjectReader) {
    switch value.stringValue {
    case "caffe-xavier": self = .caffeXavier
    case "he-fan-in": self = .heFanIn
    case "he-fan-out": self = .heFanOut
    case "torch-default": self = .torchDefault
    case "glorot-sigmoid": self = .glorotSigmoid
    case "torchvision-vgg": self = .torchvisionVGG
    case let name?:
      reader.reportUnknown(name, of: "initializer", Self.names + ["gaussian"], value.location)
      self = .caffeXavier
    case nil:
      let object = reader.nested(value)
      self = .gaussian(deviation: object.double("gaussian", in: 0...1000))
      object.finish()
    }
  }

  package var json: JSONValue {
    switch self {
    case .caffeXavier: .string("caffe-xavier")
    case .gaussian(let deviation): .object(["gaussian": .number(deviation)])
    case .heFanOut: .string("he-fan-out")
    case .heFanIn: .string("he-fan-in")
    case .torchDefault: .string("torch-default")
    case .glorotSigmoid: .string("glorot-sigmoid")
    case .torchvisionVGG: .string("torchvision-vgg")
    }
  }
}
