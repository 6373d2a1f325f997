import Canonical

/// How scaled pixels are centred and divided: (x · scale − mean) / std.
package struct NormalizationSpec: Configurable, Hashable {
  /// Where a mean or a standard deviation comes from.
  package enum Source: Hashable, Sendable {
    /// Nowhere: the mean is 0, the standard deviation is 1.
    case none
    /// Of the training images in use, each pixel and channel for itself.
    case pixel
    /// Of the training images in use, each channel over all pixels.
    case channel
    /// Given, one number for each channel, in units of scaled pixels.
    case constants([Double])
  }

  /// Constants of the papers and of the code they used; they undo any `scale`.
  package enum Preset: String, CaseIterable, Sendable {
    /// Drop-Activation's code for CIFAR-10 and CIFAR-100 (LeungSamWai/Drop-Activation: cifar.py).
    case cifar
    /// AutoAugment's code for CIFAR (tensorflow/models: research/autoaugment).
    case cifarAutoAugment = "cifar-autoaugment"
    /// Wide residual networks, ResNeXt and Cutout for CIFAR (szagoruyko/wide-residual-networks).
    case cifarWRN = "cifar-wrn"
    /// Cutout's code for SVHN (uoguelph-mlrg/Cutout: train.py).
    case svhnCutout = "svhn-cutout"

    /// Means and standard deviations of the three channels on the scale from 0 to 255.
    package var constants: (mean: [Double], std: [Double]) {
      func bytes(_ values: [Double]) -> [Double] { values.map { $0 * 255 } }
      switch self {
      case .cifar:
        return (bytes([0.4914, 0.4822, 0.4465]), bytes([0.2023, 0.1994, 0.2010]))
      case .cifarAutoAugment:
        return (bytes([0.4914, 0.4822, 0.4465]), bytes([0.2470, 0.2435, 0.2616]))
      case .cifarWRN: return ([125.3, 123.0, 113.9], [63.0, 62.1, 66.7])
      case .svhnCutout: return ([109.9, 109.7, 113.8], [50.1, 50.6, 50.8])
      }
    }
  }

  /// What is subtracted.
  package var mean: Source
  /// By what is divided.
  package var std: Source
  /// The preset whose constants are used instead, or nil.
  package var preset: Preset?

  /// Neither subtracts nor divides.
  package static let none = NormalizationSpec(mean: .none, std: .none)

  /// Takes mean and standard deviation from these sources.
  package init(mean: Source, std: Source = .none) {
    self.mean = mean
    self.std = std
    preset = nil
  }

  /// Takes a preset's constants.
  package init(_ preset: Preset) {
    self.init(mean: .none)
    self.preset = preset
  }

  /// Reads `"cifar-wrn"` or `{"mean": "pixel", "std": [63, 62.1, 66.7]}` under `key`; nothing where
  /// the key is absent.
  package init(_ key: String, of reader: ObjectReader) {
    self = .none
    guard let value = reader.raw(key) else { return }
    if let name = value.stringValue {
      if let preset = Preset(rawValue: name) {
        self.init(preset)
      } else {
        reader.reportUnknown(
          name, of: "normalization", Preset.allCases.map(\.rawValue), value.location)
      }
      return
    }
    self.init(reading: reader.nested(value))
  }

  package static let blank = NormalizationSpec.none
  package static let fields: [Field<NormalizationSpec>] = [
    source("mean", \.mean, "what is subtracted"),
    source("std", \.std, "what pixels are divided by"),
  ]

  package func check(_ reader: ObjectReader) {
    if case .constants(let values) = std, values.contains(where: { $0 <= 0 }) {
      reader.report("standard deviations must be above 0", key: "std")
    }
  }

  /// A name of a preset, or mean and standard deviation.
  static let anyForm = Schema.anyOf([Schema.choice(Preset.allCases.map(\.rawValue)), schema])

  private static func source(
    _ key: String, _ path: Field<NormalizationSpec>.Path<Source>, _ meaning: String
  ) -> Field<NormalizationSpec> {
    let schema = Schema.anyOf([
      Schema.choice(["pixel", "channel"]), Schema.list(of: .object(["type": .string("number")])),
    ])
    return .value(ConfigKey(key, .optional, meaning, schema: schema), path) { reader, _ in
      source(key, reader)
    } write: { source in
      switch source {
      case .none: nil
      case .pixel: .string("pixel")
      case .channel: .string("channel")
      case .constants(let values): .array(values.map { .number($0) })
      }
    }
  }

  private static func source(_ key: String, _ reader: ObjectReader) -> Source {
    guard let value = reader.raw(key) else { return .none }
    switch value.stringValue {
    case "pixel": return .pixel
    case "channel": return .channel
    default: break
    }
    let numbers = value.elements?.compactMap(\.doubleValue)
    guard let numbers, numbers.count == value.elements?.count, !numbers.isEmpty else {
      reader.report(
        "\"\(key)\" must be \"pixel\", \"channel\" or a list of numbers, found \(value.kindName)",
        key: key)
      return .none
    }
    return .constants(numbers)
  }

  /// The canonical form, or nil if nothing is done.
  package var form: JSONValue? {
    if let preset { return .string(preset.rawValue) }
    return jsonMembers.isEmpty ? nil : json
  }

  /// Why images of this many channels cannot be normalized so, or nil.
  package func problem(channels: Int) -> String? {
    var given: [Int] = preset == nil ? [] : [3]
    for source in [mean, std] {
      if case .constants(let values) = source { given.append(values.count) }
    }
    guard let wrong = given.first(where: { $0 != channels }) else { return nil }
    return "\(wrong) numbers to normalize by, but the images have "
      + (channels == 1 ? "1 channel" : "\(channels) channels")
  }
}
