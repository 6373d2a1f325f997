import Canonical

/// How weights start. Biases start at 0 unless the rule says otherwise.
package enum Initializer: Hashable, Sendable {
  /// U(−a, a) with a = √(3/fan_in): Caffe's `xavier` with its default variance norm.
  case caffeXavier
  /// N(0, σ²).
  case gaussian(deviation: Double)
  /// N(0, 2/fan_out), fan_out = kernel positions × output channels.
  case heFanOut
  /// N(0, 2/fan_in).
  case heFanIn
  /// U(−1/√fan_in, 1/√fan_in) for weights and biases: PyTorch's default for linear layers.
  case torchDefault
  /// U(−a, a) with a = 4·√(6/(fan_in + fan_out)): Glorot and Bengio's rule for logistic units.
  case glorotSigmoid
  /// Convolutions from N(0, 2/fan_out), matrices from N(0, 0.01²): torchvision's VGG of 2017.
  case torchvisionVGG
}

extension Initializer {
  /// The names that configs use, beside `{"gaussian": deviation}`.
  private static let named: [(name: String, initializer: Initializer)] = [
    ("caffe-xavier", .caffeXavier), ("he-fan-in", .heFanIn), ("he-fan-out", .heFanOut),
    ("torch-default", .torchDefault), ("glorot-sigmoid", .glorotSigmoid),
    ("torchvision-vgg", .torchvisionVGG),
  ]

  private static let gaussian = "gaussian"
  private static let deviations = 0.0...1000

  /// Reads a name, or `{"gaussian": 0.01}`.
  package init(reading value: JSONValue, _ reader: ObjectReader) {
    guard let name = value.stringValue else {
      let object = reader.nested(value)
      self = .gaussian(deviation: object.double(Self.gaussian, in: Self.deviations))
      object.finish()
      return
    }
    if let known = Self.named.first(where: { $0.name == name }) {
      self = known.initializer
    } else {
      reader.reportUnknown(
        name, of: "initializer", Self.named.map(\.name) + [Self.gaussian], value.location)
      self = .caffeXavier
    }
  }

  package var json: JSONValue {
    if case .gaussian(let deviation) = self { return .object([Self.gaussian: .number(deviation)]) }
    return .string(Self.named.first { $0.initializer == self }?.name ?? "")
  }

  static func key(_ meaning: String) -> ConfigKey {
    let deviation = ConfigKey(
      gaussian, .required, "standard deviation around 0", schema: Schema.number(deviations))
    return ConfigKey(
      "initializer", .optional, meaning,
      schema: Schema.anyOf([Schema.choice(named.map(\.name)), Schema.object([deviation])]))
  }
}

extension Field {
  /// How weights start, under `"initializer"`; absent, as the owner's `blank` says.
  static func initializer(_ path: Path<Initializer>, _ meaning: String) -> Field {
    value(Initializer.key(meaning), path) { reader, owner in
      reader.raw("initializer").map { Initializer(reading: $0, reader) } ?? owner[keyPath: path]
    } write: {
      $0.json
    }
  }

  /// How a layer's weights start, under `"initializer"`, if it has a rule of its own.
  static func initializer(_ path: Path<Initializer?>, _ meaning: String) -> Field {
    value(Initializer.key(meaning), path) { reader, _ in
      reader.raw("initializer").map { Initializer(reading: $0, reader) }
    } write: {
      $0?.json
    }
  }
}
