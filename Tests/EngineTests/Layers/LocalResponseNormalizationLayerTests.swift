import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct LocalResponseNormalizationLayerTests {
  struct Case {
    var scope: LocalResponseNormalizationSpec.Scope
    var size: Int
    var channels: Int
    var gap = 0
    var accumulates = false
  }

  static let grid: [Case] = LocalResponseNormalizationSpec.Scope.allCases.flatMap { scope in
    [
      Case(scope: scope, size: 5, channels: 20), Case(scope: scope, size: 3, channels: 3),
      Case(scope: scope, size: 1, channels: 8, gap: 4),
      Case(scope: scope, size: 7, channels: 16, gap: 3, accumulates: true),
      Case(scope: scope, size: 15, channels: 9),
    ]
  }

  private func maps(_ channels: Int, _ name: String) -> ReferenceMaps {
    ReferenceMaps(
      count: 3, height: 4, width: 5, channels: channels,
      values: exactNumbers(60 * channels, name).map { 2 * $0 })
  }

  @Test(arguments: grid)
  func `agrees with the reference`(_ item: Case) {
    let spec = LocalResponseNormalizationSpec(
      item.scope, size: item.size, alpha: 2, beta: 0.75, k: 1.5)
    let reference = LocalResponseNormalizationReference(
      acrossChannels: item.scope == .acrossChannels, size: item.size, alpha: 2, beta: 0.75, k: 1.5)
    let shape = FeatureShape(height: 4, width: 5, channels: item.channels)
    let layer = StandaloneLayer(
      input: shape, output: shape, capacity: 3, gap: item.gap, accumulates: item.accumulates
    ) { CompiledLayer.localResponseNormalization(spec, $1, context: $2) }
    let (x, delta) = (maps(item.channels, "x"), maps(item.channels, "delta"))
    #expect(Agreement.error(layer.forward(x), reference.forward(x).values) < 1e-5)
    let expected = reference.backward(x, delta).values.map { $0 + (item.accumulates ? 0.5 : 0) }
    let gradient = layer.backward(delta, before: item.accumulates ? 0.5 : 1e9)
    #expect(Agreement.error(gradient, expected) < 1e-5)
    #expect(layer.leavesGapsAlone())
  }

  @Test(arguments: [true, false])
  func `the reference's gradient is that of its output`(acrossChannels: Bool) {
    let reference = LocalResponseNormalizationReference(
      acrossChannels: acrossChannels, size: 3, alpha: 2, beta: 0.75, k: 1)
    func small(_ name: String) -> ReferenceMaps {
      ReferenceMaps(
        count: 1, height: 3, width: 3, channels: 4, values: exactNumbers(36, name))
    }
    let (x, delta) = (small("x"), small("delta"))
    let outcome = GradientChecker().check(
      at: x.values, analytic: reference.backward(x, delta).values
    ) { values in
      var moved = x
      moved.values = values
      return zip(reference.forward(moved).values, delta.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(outcome.isClean, "\(outcome.mismatches)")
  }
}
