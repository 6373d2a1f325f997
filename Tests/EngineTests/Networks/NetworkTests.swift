import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct NetworkTests {
  static let digit = FeatureShape(height: 28, width: 28, channels: 1)

  static let specs: [NetworkSpec] = {
    let lenet = NetworkSpec.lenet(input: digit, classes: 10)
    let mlp = NetworkSpec.mlp(
      input: digit, hidden: [300, 40], activation: .sigmoid, classes: 10)
    let regularizers: [any Regularizer] = [Dropout(drop: 0.3), Shakeout(drop: 0.3, c: 0.1)]
    return [lenet, mlp]
      + [lenet, mlp].flatMap { spec in
        regularizers.compactMap { try? spec.attaching([$0]) }
      }
  }()

  /// Output, gradients of everything, for one batch.
  private func pass(
    _ spec: NetworkSpec, threads: Int, count: Int, capacity: Int
  ) throws -> [[UInt32]] {
    let network = try Network(
      spec, capacity: capacity, pool: ThreadPool(threads: threads),
      root: RandomRoot(seed: 3, trial: 1), convolution: .automatic, passesInputGradient: false,
      stopwatch: nil)
    network.initialize(.caffeXavier)
    let pixels = TestNumbers.uniform(count * spec.input.count, "pixels", in: 0...1)
    for (index, pixel) in pixels.enumerated() { network.input[index] = Float(pixel) }
    let delta = TestNumbers.uniform(count * 10, "delta")
    var results: [[UInt32]] = []
    for step in 0..<2 {
      network.forward(count: count, trainingStep: UInt64(step))
      results.append((0..<count * 10).map { network.output[$0].bitPattern })
      for (index, number) in delta.enumerated() { network.outputGradient[index] = Float(number) }
      network.backward()
      results += network.parameters.map { $0.gradient.map(\.bitPattern) }
    }
    network.forward(count: count, trainingStep: nil)
    results.append((0..<count * 10).map { network.output[$0].bitPattern })
    return results
  }

  @Test(arguments: specs)
  func `bits do not depend on threads or repetition`(spec: NetworkSpec) throws {
    for (count, capacity) in [(20, 20), (13, 20), (1, 20)] {
      let one = try pass(spec, threads: 1, count: count, capacity: capacity)
      for threads in [1, 2, 3] {
        #expect(try pass(spec, threads: threads, count: count, capacity: capacity) == one)
      }
    }
  }

  /// A short batch in a larger network gives what a network of its own size gives, up to rounding.
  @Test(arguments: specs)
  func `short batches agree`(spec: NetworkSpec) throws {
    let short = try pass(spec, threads: 2, count: 5, capacity: 16)
    let own = try pass(spec, threads: 2, count: 5, capacity: 5)
    for (a, b) in zip(short, own) {
      let numbers = b.map { Double(Float(bitPattern: $0)) }
      #expect(Agreement.error(a.map { Float(bitPattern: $0) }, numbers) < 1e-4)
    }
  }

  /// The last samples of a full batch leave nothing behind in a shorter one.
  @Test func `a short batch after a longer one gives the same result`() throws {
    let spec = NetworkSpec.lenet(input: Self.digit, classes: 10)
    let network = try Network(
      spec, capacity: 16, pool: ThreadPool(threads: 2), root: RandomRoot(seed: 3, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.caffeXavier)
    let pixels = TestNumbers.uniform(16 * spec.input.count, "pixels", in: 0...1)
    func gradients(_ count: Int) -> [[Float]] {
      for (index, pixel) in pixels.enumerated() { network.input[index] = Float(pixel) }
      network.forward(count: count, trainingStep: 0)
      network.outputGradient.update(repeating: 0.25, count: count * 10)
      network.backward()
      return network.parameters.map { Array($0.gradient) }
    }
    let before = gradients(3)
    _ = gradients(16)
    #expect(gradients(3) == before)
  }

  @Test(arguments: [PoolingSpec.Kind.max, .average])
  func `gradients agree with central differences`(kind: PoolingSpec.Kind) throws {
    let layers = [
      NamedLayer("conv1", .convolution(ConvolutionSpec(outputs: 3, kernel: 3, padding: 1))),
      NamedLayer("sigmoid1", .activation(ActivationSpec(.sigmoid))),
      NamedLayer("pool1", .pooling(PoolingSpec(kind, window: 3, stride: 2, rounding: .ceil))),
      NamedLayer("conv2", .convolution(ConvolutionSpec(outputs: 4, kernel: 2, stride: 2))),
      NamedLayer("sigmoid2", .activation(ActivationSpec(.sigmoid))),
      NamedLayer("fc", .dense(DenseSpec(outputs: 3))),
    ]
    let harness = try LayerHarness(
      layers, input: FeatureShape(height: 8, width: 8, channels: 2), count: 3)
    let x = TestNumbers.distinct(3 * 128, "x", gap: 0.01)
    let delta = TestNumbers.uniform(9, "delta")
    _ = harness.forward(x)
    harness.backward(delta)
    // The loss passes through Float: a wide step and a tolerance to match.
    let checker = GradientChecker(step: 4e-3, tolerance: 2e-3)
    for parameter in harness.network.parameters {
      let start = parameter.values.map(Double.init)
      func loss(_ point: [Double]) -> Double {
        LayerHarness.write(point, parameter.values)
        return zip(harness.forward(x), delta).reduce(0) { $0 + Double($1.0) * $1.1 }
      }
      // Where a maximum changes hands within a step, the slopes on both sides differ.
      func hasKink(_ index: Int) -> Bool {
        let sides = [-checker.step, 0, checker.step].map { step in
          var point = start
          point[index] += step
          return loss(point)
        }
        return abs(sides[0] - 2 * sides[1] + sides[2]) > 5e-4 * checker.step
      }
      let outcome = checker.check(
        at: start, analytic: parameter.gradient.map(Double.init), hasKink: hasKink, loss: loss)
      _ = loss(start)
      #expect(outcome.isClean, "\(parameter.spec.name): \(outcome.mismatches)")
      #expect(outcome.excluded < outcome.compared)
    }
  }

  @Test func `a network that cannot be compiled says why`() {
    func failure(_ layers: [NamedLayer], capacity: Int = 1) -> String? {
      do {
        _ = try Network(
          NetworkSpec(name: "odd", input: Self.digit, layers: layers), capacity: capacity,
          pool: ThreadPool(threads: 1), root: RandomRoot(seed: 1, trial: 1),
          convolution: .automatic, passesInputGradient: false, stopwatch: nil)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(failure([]) == "the network \"odd\" has no layers")
    let dense = [NamedLayer("fc", .dense(DenseSpec(outputs: 2)))]
    #expect(failure(dense, capacity: 0) == "a batch holds at least one image, not 0")
    let large = [NamedLayer("conv", .convolution(ConvolutionSpec(outputs: 2, kernel: 29)))]
    #expect(failure(large)?.hasPrefix("layer \"conv\": a 29×29 kernel") == true)
    #expect(failure(dense) == nil)
  }
}
