import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct DenseLayerTests {
  struct Case {
    var inputs: Int
    var hidden: Int
    var outputs: Int
    var count: Int
    var capacity: Int
  }

  /// Two layers, so that the lower one's gradients show the upper one's data gradient; narrow and
  /// wide ones, sizes off the block and vector sizes, short batches, and inputs of which a share is 0.
  @Test(
    arguments: [
      Case(inputs: 5, hidden: 7, outputs: 3, count: 1, capacity: 1),
      Case(inputs: 33, hidden: 300, outputs: 10, count: 9, capacity: 9),
      Case(inputs: 140, hidden: 64, outputs: 130, count: 13, capacity: 13),
      Case(inputs: 21, hidden: 129, outputs: 10, count: 5, capacity: 16),
      Case(inputs: 16, hidden: 520, outputs: 65, count: 3, capacity: 40),
      Case(inputs: 8, hidden: 1037, outputs: 11, count: 20, capacity: 20),
      Case(inputs: 603, hidden: 81, outputs: 10, count: 25, capacity: 27),
    ], [0, 0.8])
  func `agrees with the reference`(_ item: Case, zeros: Double) throws {
    let harness = try LayerHarness(
      [
        NamedLayer("fc1", .dense(DenseSpec(outputs: item.hidden))),
        NamedLayer("relu1", .activation(ActivationSpec(.relu))),
        NamedLayer("fc2", .dense(DenseSpec(outputs: item.outputs))),
      ], input: FeatureShape(vector: item.inputs), count: item.count, capacity: item.capacity)
    let x = ReferenceMatrix(
      rows: item.count, columns: item.inputs,
      values: zip(
        exactNumbers(item.count * item.inputs, "x"),
        TestNumbers.uniform(item.count * item.inputs, "zeros")
      ).map { abs($1) < zeros ? 0 * $0 : $0 })
    let lower = layer(harness, "fc1", item.hidden, item.inputs)
    let upper = layer(harness, "fc2", item.outputs, item.hidden)
    let u = lower.forward(x)
    let z = u.map { max($0, 0) }
    #expect(Agreement.error(harness.forward(x.values), upper.forward(z).values) < 1e-4)

    let delta = ReferenceMatrix(
      rows: item.count, columns: item.outputs,
      values: exactNumbers(item.count * item.outputs, "delta"))
    harness.backward(delta.values)
    let top = upper.backward(z, delta)
    let bottom = lower.backward(x, top.input.zip(u) { $1 > 0 ? $0 : 0 })
    #expect(Agreement.error(harness.gradient("fc2.weight"), top.weights.values) < 1e-4)
    #expect(Agreement.error(harness.gradient("fc2.bias"), top.bias) < 1e-4)
    #expect(Agreement.error(harness.gradient("fc1.weight"), bottom.weights.values) < 1e-4)
    #expect(Agreement.error(harness.gradient("fc1.bias"), bottom.bias) < 1e-4)
  }

  @Test func `a layer without bias has one parameter`() throws {
    let harness = try LayerHarness(
      [NamedLayer("fc", .dense(DenseSpec(outputs: 4, hasBias: false)))],
      input: FeatureShape(vector: 6), count: 2)
    #expect(harness.network.parameters.map(\.spec.name) == ["fc.weight"])
    let x = ReferenceMatrix(rows: 2, columns: 6, values: exactNumbers(12, "x"))
    let reference = DenseReference(
      weights: ReferenceMatrix(rows: 4, columns: 6, values: harness.values("fc.weight")),
      bias: [0, 0, 0, 0])
    #expect(Agreement.error(harness.forward(x.values), reference.forward(x).values) < 1e-4)
  }

  private func layer(
    _ harness: LayerHarness, _ name: String, _ outputs: Int, _ inputs: Int
  ) -> DenseReference {
    DenseReference(
      weights: ReferenceMatrix(
        rows: outputs, columns: inputs, values: harness.values("\(name).weight")),
      bias: harness.values("\(name).bias"))
  }
}
