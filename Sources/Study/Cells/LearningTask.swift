import Canonical
import Model

/// What kind of learning a study is about.
package enum LearningTask: String, CaseIterable, Sendable {
  /// Images to classes.
  case classification
  /// Images to themselves; a support vector machine classifies their codes.
  case autoencoder
  /// Noisy points of a curve to the curve.
  case regression
  /// A generator of images and a discriminator that tells them from real ones.
  case gan
  /// Nothing is learned; formulas are computed.
  case theory

  /// What of a network does not fit the task, or nil.
  func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    guard let shape = try? network.outputShape() else { return nil }
    let name = network.name
    switch self {
    case .classification:
      if network.output != .classScores {
        return "\(name) gives no scores of classes, which \"\(rawValue)\" needs"
      }
      guard shape.count != classes else { return nil }
      return "\(name) ends in \(shape.count) outputs, but the data has \(classes) classes"
    case .autoencoder:
      if network.output == .classScores {
        return "\(name) gives scores of classes; an autoencoder gives back its input"
      }
      guard shape.count != network.input.count else { return nil }
      return "\(name) ends in \(shape.count) outputs, but its input has \(network.input.count)"
    case .regression:
      if network.output != .values {
        return "\(name) gives no values, which \"\(rawValue)\" needs; "
          + "\"\(RegressionMLP.family)\" does"
      }
      return shape.count == 1
        ? nil : "\(name) ends in \(shape.count) outputs, but a curve has one value"
    case .gan:
      if network.output != .logOdds || shape.count != 1 {
        return "\(name) does not end in the log-odds that an image is real; "
          + "\"\(DCGANDiscriminator.family)\" does"
      }
      return nil
    case .theory: return nil
    }
  }

  /// What of a GAN's generator does not fit images of a shape, or nil.
  static func mismatch(generator: NetworkSpec, images: FeatureShape) -> String? {
    guard let shape = try? generator.outputShape() else { return nil }
    if generator.output != .values {
      return "\(generator.name) does not make values of pixels; \"\(DCGANGenerator.family)\" does"
    }
    return shape == images ? nil : "\(generator.name) makes images of \(shape), not \(images)"
  }

  /// Whether an update trains on images of the data set.
  var usesImages: Bool { self != .regression && self != .theory }
}
