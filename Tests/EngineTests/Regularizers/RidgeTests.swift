import Model
import Testing

@testable import Engine

@Suite struct RidgeTests {
  /// Where the loss is ½(w − w*)ᵀH(w − w*), the penalty α·½‖w‖² leaves (H + αI)⁻¹H·w*: each of the
  /// Hessian's eigen-directions shrinks by h/(h + α).
  @Test(arguments: [(1.0, 0.1), (2.0, 0.05)])
  func `weight decay shrinks each eigen-direction by its share`(factor: Double, lambda: Double) {
    let curvatures: [Float] = [2, 0.5, 0.05, 0]
    let optimum: [Float] = [1, -2, 3, 4]
    let owner = OwnedParameter("w", [0, 0, 0, 0.5])
    let sgd = SGD(style: .pytorch, momentum: 0.5)
    let optimizer = SGDState(sgd, [owner.parameter])
    let penalty = WeightPenalty(.squared(gradientFactor: factor), lambda: lambda)
    let steps = PenaltySteps([penalty], [owner.parameter], .sgd(sgd))
    for _ in 0..<2_000 {
      for index in curvatures.indices {
        owner.parameter.gradient[index] =
          curvatures[index] * (owner.values[index] - optimum[index])
      }
      optimizer.learningRate = 0.2
      steps.prepare(TrainingMoment(), learningRate: 0.2)
      perform(steps.gradientStages + optimizer.stages + steps.proximalStages)
    }
    let alpha = Float(factor * lambda)
    for (index, value) in owner.values.enumerated() {
      let expected = curvatures[index] / (curvatures[index] + alpha) * optimum[index]
      #expect(abs(value - expected) < 1e-4, "direction \(index)")
    }
  }
}
