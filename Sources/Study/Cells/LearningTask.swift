import Canonical
import Model

/// What kind of learning a study is about.
public enum LearningTask: String, CaseIterable, Sendable {
  /// Images to classes.
  case classification
  /// Images to themselves; a support vector machine classifies their codes.
  case autoencoder

  /// What of a network does not fit the task, or nil.
  func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    guard let shape = try? network.outputShape() else { return nil }
    switch self {
    case .classification:
      if network.output != .classScores {
        return "\(network.name) gives no scores of classes, which \"\(rawValue)\" needs"
      }
      guard shape.count != classes else { return nil }
      return "\(network.name) ends in \(shape.count) outputs, but the data has \(classes) classes"
    case .autoencoder:
      if network.output == .classScores {
        return "\(network.name) gives scores of classes; an autoencoder gives back its input"
      }
      guard shape.count != network.input.count else { return nil }
      return
        "\(network.name) ends in \(shape.count) outputs, but its input has \(network.input.count)"
    }
  }
}
