import Model
import TestSupport
import Testing

@testable import Engine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite struct ShakeoutConvolutionLayerTests {
  private static let input = FeatureShape(height: 5, width: 6, channels: 3)
  private static let specs = [
    ConvolutionSpec(outputs: 4, kernel: 3, padding: 1),
    ConvolutionSpec(outputs: 6, kernel: 3, stride: 2, groups: 3, hasBias: false),
    ConvolutionSpec(outputs: 5, kernel: 1),
  ]

  /// A 1×1 convolution in front, whose gradient shows that of the input.
  private func layers(_ spec: ConvolutionSpec, _ shakeout: Shakeout?) -> [NamedLayer] {
    var replaced = spec
    replaced.replacement = shakeout.map { .shakeout($0) }
    return [
      NamedLayer("first", .convolution(ConvolutionSpec(outputs: 3, kernel: 1))),
      NamedLayer("conv", .convolution(replaced)),
    ]
  }

  private func results(
    _ layers: [NamedLayer], count: Int = 5, threads: Int = 1, step: UInt64? = 7
  ) throws -> [[Float]] {
    let harness = try LayerHarness(
      layers, input: Self.input, count: count, capacity: 5, threads: threads)
    let output = harness.forward(exactNumbers(count * Self.input.count, "x"), step: step)
    guard step != nil else { return [output] }
    harness.backward(exactNumbers(output.count, "delta"))
    return [output]
      + ["first.weight", "first.bias", "conv.weight", "conv.bias"].map { harness.gradient($0) }
  }

  @Test(arguments: specs)
  func `without c it is dropout before the convolution, bit for bit`(spec: ConvolutionSpec) throws {
    var dropout = layers(spec, nil)
    dropout.insert(NamedLayer("conv.input", .unitNoise(.dropout(drop: 0.4))), at: 1)
    #expect(try results(layers(spec, Shakeout(drop: 0.4, c: 0))) == results(dropout))
  }

  @Test(arguments: specs)
  func `without drops and in evaluation it is the convolution`(spec: ConvolutionSpec) throws {
    let plain = layers(spec, nil)
    #expect(try results(layers(spec, Shakeout(drop: 0, c: 0.5))) == results(plain))
    #expect(
      try results(layers(spec, Shakeout(drop: 0.4, c: 0.5)), step: nil)
        == results(plain, step: nil))
  }

  @Test(arguments: specs)
  func `the number of threads does not change a bit`(spec: ConvolutionSpec) throws {
    let shaken = layers(spec, Shakeout(drop: 0.3, c: 0.7))
    for count in [5, 2] {
      let one = try results(shaken, count: count)
      #expect(try results(shaken, count: count, threads: 2) == one)
      #expect(try results(shaken, count: count, threads: 3) == one)
    }
  }

  /// The formulas in Double, with the masks that dropout draws at the same site.
  @Test(arguments: [0.1, 1.5])
  func `values and gradients agree with the reference`(c: Double) throws {
    let (drop, k, count) = (0.3, 1.5, 4)
    let spec = ConvolutionSpec(outputs: 4, kernel: 3, stride: 2, padding: 1)
    let harness = try LayerHarness(
      layers(spec, Shakeout(drop: drop, c: c, tanhScale: k)), input: Self.input, count: count)
    func maps(_ values: [Double], _ channels: Int = 3) -> ReferenceMaps {
      ReferenceMaps(count: count, height: 5, width: 6, channels: channels, values: values)
    }
    func filters(_ values: [Double], _ outputs: Int, _ kernel: Int) -> ReferenceMaps {
      ReferenceMaps(count: outputs, height: kernel, width: kernel, channels: 3, values: values)
    }
    let x = maps(exactNumbers(count * Self.input.count, "x"))
    let first = ConvolutionReference(
      filters: filters(harness.values("first.weight"), 3, 1), bias: harness.values("first.bias"))
    let hidden = first.forward(x)
    let weights = harness.values("conv.weight")
    let plain = ConvolutionReference(
      filters: filters(weights, 4, 3), bias: harness.values("conv.bias"), stride: 2, padding: 1)
    let signs = ConvolutionReference(
      filters: filters(weights.map { $0 > 0 ? c : $0 < 0 ? -c : 0 }, 4, 3),
      bias: Array(repeating: 0, count: 4), stride: 2, padding: 1)
    let stream = RandomRoot(seed: 1, trial: 1).stream(.mask, "conv.input")
    let units = Self.input.count
    let factors = keptUnits(1 - drop, stream, samples: count, units: units, step: 7).map {
      $0 / (1 - drop)
    }
    let kept = maps(zip(hidden.values, factors).map { $0 * $1 })
    let excess = maps(zip(hidden.values, factors).map { $0 * ($1 - 1) })
    var expected = plain.forward(kept)
    for (index, value) in signs.forward(excess).values.enumerated() {
      expected.values[index] += value
    }
    #expect(Agreement.error(harness.forward(x.values, step: 7), expected.values) < 1e-5)

    var delta = expected
    delta.values = exactNumbers(expected.values.count, "delta")
    harness.backward(delta.values)
    let (upper, lower) = (plain.backward(kept, delta), signs.backward(excess, delta))
    let weightGradient: [Double] = weights.indices.map { index in
      let t = tanh(k * weights[index])
      return upper.filters.values[index] + c * k * (1 - t * t) * lower.filters.values[index]
    }
    let hiddenValues: [Double] = factors.indices.map { index in
      let r = factors[index]
      return r * upper.input.values[index] + (r - 1) * lower.input.values[index]
    }
    let hiddenGradient = maps(hiddenValues)
    let bottom = first.backward(x, hiddenGradient)
    #expect(Agreement.error(harness.gradient("conv.weight"), weightGradient) < 1e-4)
    #expect(Agreement.error(harness.gradient("conv.bias"), upper.bias) < 1e-4)
    #expect(Agreement.error(harness.gradient("first.weight"), bottom.filters.values) < 1e-4)
  }

  @Test func `it works behind a slice`() throws {
    var replaced = ConvolutionSpec(outputs: 2, kernel: 3, padding: 1)
    replaced.replacement = .shakeout(Shakeout(drop: 0.3, c: 0.2))
    let network = [
      NamedLayer("first", .convolution(ConvolutionSpec(outputs: 3, kernel: 1))),
      NamedLayer(
        "grow",
        .concatenation(ConcatenationSpec(body: [NamedLayer("conv", .convolution(replaced))]))),
    ]
    #expect(try results(network) == results(network, threads: 3))
    let alone = try results([network[0], NamedLayer("conv", .convolution(replaced))])
    let output = try results(network)[0]
    for position in 0..<150 {
      let (new, own) = (output[position * 5 + 3], alone[0][position * 2])
      #expect(new == own)
    }
  }
}
