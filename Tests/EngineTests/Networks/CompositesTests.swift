import Model
import TestSupport
import Testing

@testable import Engine

/// Residual additions and concatenations, and the layers that work on their slices.
@Suite struct CompositesTests {
  private static func convolution(
    _ name: String, _ outputs: Int, kernel: Int = 3, stride: Int = 1, groups: Int = 1
  ) -> NamedLayer {
    NamedLayer(
      name,
      .convolution(
        ConvolutionSpec(
          outputs: outputs, kernel: kernel, stride: stride, padding: kernel / 2, groups: groups)))
  }

  private static func sigmoid(_ name: String) -> NamedLayer {
    NamedLayer(name, .activation(ActivationSpec(.sigmoid)))
  }

  private static func normalization(_ name: String) -> NamedLayer {
    NamedLayer(name, .batchNormalization(BatchNormalizationSpec()))
  }

  private static func residual(
    _ name: String, _ body: [NamedLayer], _ shortcut: [NamedLayer] = []
  ) -> NamedLayer {
    NamedLayer(name, .residual(ResidualSpec(body: body, shortcut: shortcut)))
  }

  private static func concatenation(_ name: String, _ body: [NamedLayer]) -> NamedLayer {
    NamedLayer(name, .concatenation(ConcatenationSpec(body: body)))
  }

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var layers: [NamedLayer]
  }

  /// Smooth networks, on 2×6×6.
  static let cases: [Case] = {
    let stem = [convolution("stem", 4), sigmoid("stem.s")]
    let grow = { (name: String) in
      concatenation(
        name,
        [
          normalization("\(name).bn"), sigmoid("\(name).s"), convolution("\(name).c", 3, kernel: 1),
          convolution("\(name).d", 3),
        ])
    }
    let ending = [sigmoid("end.s"), NamedLayer("fc", .dense(DenseSpec(outputs: 3)))]
    return [
      Case(
        testDescription: "identity",
        layers: stem + [residual("r", [convolution("a", 4), sigmoid("s"), convolution("b", 4)])]
          + ending),
      Case(
        testDescription: "identity whose body ends with what keeps its output",
        layers: stem + [residual("r", [convolution("a", 4), sigmoid("s")])] + ending),
      Case(
        testDescription: "projection",
        layers: stem + [
          residual(
            "r", [convolution("a", 5, stride: 2), normalization("n")],
            [convolution("p", 5, kernel: 1, stride: 2), normalization("m")])
        ] + ending),
      Case(
        testDescription: "projection whose shortcut cannot add its gradient",
        layers: stem + [
          residual("r", [convolution("a", 4)], [sigmoid("q"), convolution("p", 4, kernel: 1)])
        ] + ending),
      Case(
        testDescription: "subsampling",
        layers: stem + [
          residual(
            "r", [convolution("a", 6, stride: 2)],
            [NamedLayer("p", .subsampling(SubsamplingSpec(stride: 2, outputs: 6)))])
        ] + ending),
      Case(
        testDescription: "nested, at the beginning",
        layers: [
          residual("r", [convolution("a", 2), residual("q", [sigmoid("s"), convolution("b", 2)])])
        ] + ending),
      Case(
        testDescription: "additions one after the other",
        layers: stem
          + ["r", "q"].map { residual($0, [normalization("\($0).n"), convolution("\($0).a", 4)]) }
          + ending),
      Case(
        testDescription: "concatenations behind a convolution",
        layers: [convolution("stem", 5), grow("g"), grow("h"), grow("i")] + ending),
      Case(
        testDescription: "concatenations behind an activation, then pooling",
        layers: stem + [
          grow("g"), grow("h"), convolution("t", 4, kernel: 1),
          NamedLayer("pool", .pooling(PoolingSpec(.average, window: 2, stride: 2))), grow("i"),
        ] + ending),
      Case(
        testDescription: "concatenations at the beginning",
        layers: [grow("g"), concatenation("h", [convolution("h.c", 2, groups: 1)])] + ending),
      Case(
        testDescription: "an addition of concatenated channels",
        layers: [
          convolution("stem", 4), grow("g"),
          residual("r", [convolution("a", 7)]), grow("h"),
          concatenation("j", [residual("q", [convolution("b", 10)])]),
        ] + ending),
      Case(
        testDescription: "a concatenation inside an addition",
        layers: stem + [residual("r", [convolution("a", 2), grow2("k")])] + ending),
      Case(
        testDescription: "groups of slices",
        layers: [
          convolution("stem", 6), concatenation("g", [convolution("c", 4, groups: 2)]),
          concatenation("h", [convolution("d", 5, groups: 5), sigmoid("h.s")]),
          convolution("e", 6, stride: 2, groups: 3),
        ] + ending),
      Case(
        testDescription: "global average of an addition",
        layers: stem + [
          residual("r", [convolution("a", 4)]),
          NamedLayer("gap", .globalAveragePooling(GlobalAveragePoolingSpec())),
          NamedLayer("fc", .dense(DenseSpec(outputs: 3))),
        ]),
    ]
  }()

  private static func grow2(_ name: String) -> NamedLayer {
    concatenation(name, [sigmoid("\(name).s"), convolution("\(name).c", 2)])
  }

  private static let input = FeatureShape(height: 6, width: 6, channels: 2)

  @Test(arguments: cases)
  func `gradients agree with central differences`(item: Case) throws {
    let harness = try LayerHarness(item.layers, input: Self.input, count: 3)
    let x = exactNumbers(3 * Self.input.count, "x")
    let delta = TestNumbers.uniform(3 * harness.network.outputCount, "delta")
    // Small weights, for small curvature.
    for parameter in harness.network.parameters {
      for index in parameter.values.indices { parameter.values[index] *= 0.4 }
    }
    _ = harness.forward(x)
    harness.backward(delta)
    // The loss passes through Float: a wide step and a tolerance to match.
    let checker = GradientChecker(step: 8e-3, tolerance: 3e-3)
    for parameter in harness.network.parameters {
      let start = parameter.values.map(Double.init)
      let outcome = checker.check(at: start, analytic: parameter.gradient.map(Double.init)) {
        LayerHarness.write($0, parameter.values)
        return zip(harness.forward(x), delta).reduce(0) { $0 + Double($1.0) * $1.1 }
      }
      LayerHarness.write(start, parameter.values)
      #expect(outcome.isClean, "\(parameter.spec.name): \(outcome.mismatches.prefix(3))")
    }
  }

  @Test(arguments: cases)
  func `the number of threads does not change a bit, in short batches too`(item: Case) throws {
    let x = exactNumbers(5 * Self.input.count, "x")
    for count in [5, 3] {
      var reference: [[Float]] = []
      for threads in [1, 2, 3] {
        let harness = try LayerHarness(
          item.layers, input: Self.input, count: count, capacity: 5, threads: threads)
        var results = [harness.forward(Array(x.prefix(count * Self.input.count)))]
        harness.backward(TestNumbers.uniform(results[0].count, "delta"))
        results += harness.network.parameters.map { Array($0.gradient) }
        results += harness.network.statistics.map { Array($0.values) }
        if threads == 1 { reference = results } else { #expect(results == reference) }
      }
    }
  }

  private func maps(_ harness: LayerHarness, _ name: String, _ shape: (Int, Int, Int))
    -> ReferenceMaps
  {
    ReferenceMaps(
      count: shape.0, height: shape.1, width: shape.1, channels: shape.2,
      values: harness.values("\(name).weight"))
  }

  @Test func `sums and appended channels are those of the reference`() throws {
    let harness = try LayerHarness(
      [
        Self.residual("r", [Self.convolution("a", 2)]),
        Self.concatenation("g", [Self.convolution("b", 3)]),
      ], input: Self.input, count: 2)
    let x = ReferenceMaps(
      count: 2, height: 6, width: 6, channels: 2, values: exactNumbers(144, "x"))
    let a = ConvolutionReference(
      filters: maps(harness, "a", (2, 3, 2)), bias: harness.values("a.bias"), padding: 1)
    let b = ConvolutionReference(
      filters: maps(harness, "b", (3, 3, 2)), bias: harness.values("b.bias"), padding: 1)
    var sum = a.forward(x)
    for index in sum.values.indices { sum.values[index] += x.values[index] }
    let new = b.forward(sum)
    var expected: [Double] = []
    for position in 0..<72 {
      expected += sum.values[position * 2..<position * 2 + 2]
      expected += new.values[position * 3..<position * 3 + 3]
    }
    #expect(Agreement.error(harness.forward(x.values), expected) < 1e-5)

    let delta = exactNumbers(360, "delta")
    harness.backward(delta)
    var newDelta = new
    var sumDelta = sum
    for position in 0..<72 {
      for channel in 0..<3 {
        newDelta.values[position * 3 + channel] = delta[position * 5 + 2 + channel]
      }
      for channel in 0..<2 {
        sumDelta.values[position * 2 + channel] = delta[position * 5 + channel]
      }
    }
    let upper = b.backward(sum, newDelta)
    for index in sumDelta.values.indices { sumDelta.values[index] += upper.input.values[index] }
    #expect(Agreement.error(harness.gradient("b.weight"), upper.filters.values) < 1e-4)
    #expect(
      Agreement.error(harness.gradient("a.weight"), a.backward(x, sumDelta).filters.values) < 1e-4)
  }

  @Test func `a chain of concatenations is one buffer`() throws {
    func bytes(_ layers: Int) throws -> Int {
      let grow = (0..<layers).map {
        Self.concatenation("g\($0)", [Self.convolution("c\($0)", 8, kernel: 1)])
      }
      return try Network(
        NetworkSpec(
          name: "chain", input: FeatureShape(height: 32, width: 32, channels: 8),
          layers: [Self.convolution("stem", 8)] + grow), capacity: 32,
        pool: ThreadPool(threads: 1), root: RandomRoot(seed: 1, trial: 1), convolution: .automatic,
        passesInputGradient: false, stopwatch: nil
      ).arena.byteCount
    }
    // Each layer adds 8 channels of 1 MiB to the maps and to their gradients; copies of all
    // channels at every layer would be 20 times as much.
    let difference = try bytes(40) - bytes(20)
    #expect(difference < 20 * 3 << 20)
  }
}
