import Canonical
import Glibc

/// The learning rate as a pure function of the update's number (from 0) and the updates in an
/// epoch.
package enum LearningRateSchedule: Hashable, Sendable {
  case constant(base: Double)
  /// base·(1 + γi)^(−power) with i the update: Caffe's `inv`.
  case inv(base: Double, gamma: Double, power: Double)
  /// base·factor^⌊i/every⌋ with i the update: Caffe's `step`.
  case step(base: Double, factor: Double, every: Int)
  /// base·factor^k, k the number of listed epochs (from 0) at whose start or later we are.
  case milestones(base: Double, factor: Double, epochs: [Int])
  /// base·factor^⌊epoch/every⌋: Delayed Strong Regularization halves every 30 epochs.
  case epochStep(base: Double, factor: Double, every: Int)
  /// base·½(1 + cos(π·i/total)), total = epochs × updates in an epoch: AutoAugment's recipe.
  case cosine(base: Double, epochs: Int)
  /// base/(1 + decay·epoch): the marginalized-noise paper, not compounded.
  case inverseEpoch(base: Double, decay: Double)

  package func rate(update: Int, updatesPerEpoch: Int) -> Double {
    let epoch = update / max(1, updatesPerEpoch)
    switch self {
    case .constant(let base): return base
    case .inv(let base, let gamma, let power):
      return base * pow(1 + gamma * Double(update), -power)
    case .step(let base, let factor, let every):
      return base * pow(factor, Double(update / every))
    case .milestones(let base, let factor, let epochs):
      return base * pow(factor, Double(epochs.count { epoch >= $0 }))
    case .epochStep(let base, let factor, let every):
      return base * pow(factor, Double(epoch / every))
    case .cosine(let base, let epochs):
      let total = Double(epochs * max(1, updatesPerEpoch))
      return base * 0.5 * (1 + cos(.pi * Double(update) / total))
    case .inverseEpoch(let base, let decay): return base / (1 + decay * Double(epoch))
    }
  }
}
