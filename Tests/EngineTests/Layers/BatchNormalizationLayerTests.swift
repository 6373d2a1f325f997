import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct BatchNormalizationLayerTests {
  struct Case {
    var height: Int
    var width: Int
    var channels: Int
    var count: Int
    var hasGain = true
    var hasShift = true
    var relu = false
    var gap = 0
    var accumulates = false
    var isTraining = true
  }

  static let grid: [Case] = [
    Case(height: 3, width: 5, channels: 20, count: 9),
    Case(height: 4, width: 4, channels: 16, count: 3, relu: true),
    Case(height: 1, width: 1, channels: 37, count: 12, hasGain: false),
    Case(height: 9, width: 8, channels: 3, count: 11, hasShift: false, relu: true, gap: 5),
    Case(height: 2, width: 3, channels: 8, count: 4, hasGain: false, hasShift: false, gap: 8),
    Case(height: 5, width: 5, channels: 24, count: 10, relu: true, gap: 12, accumulates: true),
    Case(height: 3, width: 3, channels: 12, count: 10, relu: true, isTraining: false),
    Case(height: 3, width: 3, channels: 12, count: 10, gap: 3, isTraining: false),
  ]

  /// A layer with parameters and running statistics of its own.
  private final class Fixture {
    let layer: StandaloneLayer
    let reference: BatchNormalizationReference
    let running: BatchNormalizationReference.Moments
    private(set) var statistics: [Statistic] = []

    init(_ item: Case, threads: Int = 1, momentum: Double = 0.1) {
      let channels = item.channels
      let gain = TestNumbers.uniform(channels, "gain", in: 0.5...2).map { Double(Float($0)) }
      let shift = exactNumbers(channels, "shift")
      reference = BatchNormalizationReference(
        gain: item.hasGain ? gain : gain.map { _ in 1 },
        shift: item.hasShift ? shift : shift.map { _ in 0 }, epsilon: 1e-5)
      let running = BatchNormalizationReference.Moments(
        mean: exactNumbers(channels, "mean"),
        variance: TestNumbers.uniform(channels, "variance", in: 0.5...3).map { Double(Float($0)) })
      self.running = running
      let shape = FeatureShape(height: item.height, width: item.width, channels: channels)
      var statistics: [Statistic] = []
      layer = StandaloneLayer(
        input: shape, output: shape, capacity: item.count, threads: threads, gap: item.gap,
        accumulates: item.accumulates
      ) { standalone, ports, context in
        func statistic(_ name: String, _ values: [Double]) -> Statistic {
          let statistic = context.statistic(StatisticSpec(name: name, shape: [channels], start: 0))
          for (index, value) in values.enumerated() { statistic.values[index] = Float(value) }
          return statistic
        }
        statistics = [statistic("mean", running.mean), statistic("var", running.variance)]
        let moments = context.moments(of: ports.input)
        let normalization = BatchNormalization(
          BatchNormalizationSpec(momentum: momentum), ports.input, moments: moments,
          measuring: moments.measuring(upTo: channels),
          gain: item.hasGain ? standalone.parameter("weight", .gain, gain) : nil,
          shift: item.hasShift ? standalone.parameter("bias", .shift, shift) : nil,
          mean: statistics[0], variance: statistics[1], context: context)
        return CompiledLayer.batchNormalization(normalization, ports, relu: item.relu)
      }
      self.statistics = statistics
    }
  }

  private func maps(_ item: Case, _ name: String) -> ReferenceMaps {
    ReferenceMaps(
      count: item.count, height: item.height, width: item.width, channels: item.channels,
      values: exactNumbers(item.count * item.height * item.width * item.channels, name))
  }

  @Test(arguments: grid)
  func `agrees with the reference`(_ item: Case) {
    let fixture = Fixture(item)
    let (x, delta) = (maps(item, "x"), maps(item, "delta"))
    let reference = fixture.reference
    let moments = item.isTraining ? reference.moments(x) : fixture.running
    var y = reference.forward(x, moments)
    var masked = delta
    if item.relu {
      for index in y.values.indices where y.values[index] <= 0 {
        y.values[index] = 0
        masked.values[index] = 0
      }
    }
    let output = fixture.layer.forward(x, step: item.isTraining ? 0 : nil)
    #expect(Agreement.error(output, y.values) < 1e-5)

    let expected = reference.backward(x, masked, moments, areOfBatch: item.isTraining)
    let before = item.accumulates ? 0.5 : 1e9
    let gradient = fixture.layer.backward(delta, before: before)
    let offset = item.accumulates ? 0.5 : 0
    #expect(Agreement.error(gradient, expected.input.values.map { $0 + offset }) < 1e-5)
    for parameter in fixture.layer.parameters {
      let values = parameter.spec.role == .gain ? expected.gain : expected.shift
      #expect(Agreement.error(parameter.gradient, values) < 1e-5)
    }
    #expect(fixture.layer.parameters.count == (item.hasGain ? 1 : 0) + (item.hasShift ? 1 : 0))
    #expect(fixture.layer.leavesGapsAlone())
  }

  @Test(arguments: [true, false])
  func `the reference's gradients are those of its output`(areOfBatch: Bool) {
    let item = Case(height: 2, width: 2, channels: 3, count: 3)
    let fixture = Fixture(item)
    let (x, delta, reference) = (maps(item, "x"), maps(item, "delta"), fixture.reference)
    func loss(_ reference: BatchNormalizationReference, _ x: ReferenceMaps) -> Double {
      let y = reference.forward(x, areOfBatch ? reference.moments(x) : fixture.running)
      return zip(y.values, delta.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradients = reference.backward(
      x, delta, areOfBatch ? reference.moments(x) : fixture.running, areOfBatch: areOfBatch)
    let checker = GradientChecker()
    let input = checker.check(at: x.values, analytic: gradients.input.values) { values in
      var moved = x
      moved.values = values
      return loss(reference, moved)
    }
    #expect(input.isClean, "\(input.mismatches)")
    let gain = checker.check(at: reference.gain, analytic: gradients.gain) { values in
      var moved = reference
      moved.gain = values
      return loss(moved, x)
    }
    #expect(gain.isClean, "\(gain.mismatches)")
    let shift = checker.check(at: reference.shift, analytic: gradients.shift) { values in
      var moved = reference
      moved.shift = values
      return loss(moved, x)
    }
    #expect(shift.isClean, "\(shift.mismatches)")
  }

  @Test func `running statistics follow by hand-computed steps`() {
    let item = Case(
      height: 1, width: 1, channels: 1, count: 4, hasGain: false, hasShift: false)
    let fixture = Fixture(item, momentum: 0.25)
    fixture.statistics[0].values[0] = 0
    fixture.statistics[1].values[0] = 1
    // Mean 3, squares 4 + 0 + 1 + 9 = 14 from it, 14/4 biased, 14/3 unbiased.
    let x = ReferenceMaps(count: 4, height: 1, width: 1, channels: 1, values: [1, 3, 2, 6])
    let output = fixture.layer.forward(x)
    let root = (14.0 / 4 + 1e-5).squareRoot()
    let normalized: [Double] = [-2, 0, -1, 3].map { $0 / root }
    #expect(Agreement.error(output, normalized) < 1e-6)
    let variance: Double = 0.75 + 0.25 * 14 / 3
    #expect(Agreement.error(fixture.statistics.map { $0.values[0] }, [0.75, variance]) < 1e-6)

    let evaluated = fixture.layer.forward(x, step: nil)
    let runningRoot = (variance + 1e-5).squareRoot()
    let recalled: [Double] = x.values.map { ($0 - 0.75) / runningRoot }
    #expect(Agreement.error(evaluated, recalled) < 1e-6)
    #expect(fixture.statistics[0].values[0] == 0.75, "evaluation learns nothing")
  }

  @Test func `a large mean costs no digits`() {
    let item = Case(height: 8, width: 8, channels: 5, count: 8)
    let fixture = Fixture(item)
    var x = maps(item, "x")
    for index in x.values.indices { x.values[index] = Double(Float(x.values[index] + 1000)) }
    let expected = fixture.reference.forward(x, fixture.reference.moments(x))
    #expect(Agreement.error(fixture.layer.forward(x), expected.values) < 5e-4)
  }

  @Test func `threads do not change bits, and short batches work`() {
    let item = Case(height: 6, width: 5, channels: 19, count: 13, relu: true)
    let (one, three) = (Fixture(item), Fixture(item, threads: 3))
    for count in [13, 5, 1] {
      var small = item
      small.count = count
      let (x, delta) = (maps(small, "x"), maps(small, "delta"))
      let output = one.layer.forward(x)
      #expect(output == three.layer.forward(x))
      #expect(one.layer.backward(delta) == three.layer.backward(delta))
      #expect(Array(one.statistics[1].values) == Array(three.statistics[1].values))
      let reference = one.reference
      let expected = reference.forward(x, reference.moments(x)).values.map { max($0, 0) }
      #expect(Agreement.error(output, expected) < 1e-5)
    }
  }

  @Test func `a single number has the running variance of a constant`() {
    let item = Case(height: 1, width: 1, channels: 2, count: 1)
    let fixture = Fixture(item)
    let output = fixture.layer.forward(maps(item, "x"))
    #expect(Agreement.error(output, fixture.reference.shift) < 1e-6)
    #expect(fixture.statistics[1].values.allSatisfy { $0.isFinite })
  }

  @Test func `a not-a-number input shows in the output`() {
    let item = Case(height: 2, width: 2, channels: 9, count: 4, relu: true)
    let fixture = Fixture(item)
    var x = maps(item, "x")
    x.values[9] = .nan
    let output = fixture.layer.forward(x)
    #expect(output.enumerated().allSatisfy { ($0.offset % 9 == 0) == $0.element.isNaN })
  }
}
