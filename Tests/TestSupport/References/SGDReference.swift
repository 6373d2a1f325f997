/// One parameter under SGD in Double, in both published orders.
public struct SGDReference {
  /// Whether the learning rate enters the velocity (Caffe) or the step (PyTorch).
  public var rateInVelocity: Bool
  /// μ.
  public var momentum: Double
  /// wd.
  public var weightDecay: Double
  /// v.
  public var velocity: Double = 0

  /// An optimizer at rest.
  public init(rateInVelocity: Bool, momentum: Double, weightDecay: Double) {
    self.rateInVelocity = rateInVelocity
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// The weight after one update.
  public mutating func step(_ w: Double, gradient: Double, rate: Double) -> Double {
    let g = gradient + weightDecay * w
    velocity = momentum * velocity + (rateInVelocity ? rate * g : g)
    return w - (rateInVelocity ? velocity : rate * velocity)
  }
}
