import Canonical
import Model

/// Dropout with one rate for the network's input and another for all hidden units.
struct LayeredDropout: Regularizer, Hashable {
  static let name = "layeredDropout"
  static let attachment = Attachment.unitNoise
  static let summary = "dropout with one rate for inputs and one for hidden units"
  static let example: any Regularizer = LayeredDropout()

  /// The probability that a number of the input is dropped.
  var input = 0.2
  /// The probability that a hidden unit is dropped.
  var hidden = 0.5

  static let blank = LayeredDropout()
  static let fields: [Field<LayeredDropout>] = [
    .number("input", \.input, in: 0...0.999, .optional, "the rate of the network's input"),
    .number("hidden", \.hidden, in: 0...0.999, .optional, "the rate of hidden units"),
  ]

  func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    let sites = network.linearSites
    guard sites.count > 1 else {
      throw RegularizerConflict(Self.name, "\(network.name) has no hidden layer")
    }
    return try network.attaching([
      Dropout(drop: input, sites: Sites([sites[0]])),
      Dropout(drop: hidden, sites: Sites(Array(sites[1...]))),
    ])
  }
}
