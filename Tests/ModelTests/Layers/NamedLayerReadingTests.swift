import Canonical
import Testing

@testable import Model

@Suite struct NamedLayerReadingTests {
  /// One layer of every kind, with no value at its default.
  static let layers: [LayerSpec] = [
    .convolution(
      ConvolutionSpec(
        outputs: 6, kernel: 3, stride: 2, padding: 1, groups: 3, hasBias: false,
        initializer: .heFanIn)),
    .transposedConvolution(
      TransposedConvolutionSpec(
        outputs: 2, kernel: 5, stride: 3, padding: 2, outputPadding: 1, hasBias: false,
        initializer: .gaussian(deviation: 0.02))),
    .dense(DenseSpec(outputs: 7, hasBias: false, initializer: .caffeXavier)),
    .batchNormalization(
      BatchNormalizationSpec(epsilon: 1e-8, momentum: 0.3, hasGain: false, hasShift: false)),
    .pooling(PoolingSpec(.max, window: 3, stride: 2, rounding: .ceil)),
    .pooling(PoolingSpec(.average, window: 2, stride: 1)),
    .globalAveragePooling(GlobalAveragePoolingSpec()),
    .localResponseNormalization(
      LocalResponseNormalizationSpec(.withinChannel, size: 3, alpha: 5e-5, beta: 0.5, k: 2)),
    .activation(ActivationSpec(.relu)), .activation(ActivationSpec(.sigmoid)),
    .activation(ActivationSpec(.tanh)), .activation(ActivationSpec(.leakyRelu, slope: 0.2)),
    .unitNoise(.dropout(drop: 0.3)), .unitNoise(.scaledDropout(drop: 0.3)),
    .unitNoise(.gaussian(variance: 0.4)),
    .unitNoise(.branchDrop(drop: 0.2, sharedByBatch: false)),
    .reshape(ReshapeSpec(FeatureShape(height: 2, width: 3, channels: 4))),
    .subsampling(SubsamplingSpec(stride: 2, outputs: 8)),
    .residual(ResidualSpec(body: [.relu("a")], shortcut: [.relu("b")])),
    .concatenation(ConcatenationSpec(body: [.relu("a")])),
  ]

  private func read(_ text: String) throws -> (NamedLayer?, [String]) {
    let value = try JSONParser.parse(Array(text.utf8), file: "x.json").get()
    let diagnostics = DiagnosticCollector()
    let layer = NamedLayer(reading: ObjectReader(value, diagnostics))
    return (layer, diagnostics.diagnostics.map(\.message))
  }

  @Test(arguments: layers) func `every kind reads back`(_ layer: LayerSpec) throws {
    let named = NamedLayer("x", layer)
    let (copy, messages) = try read(named.json.canonicalText)
    #expect(messages.isEmpty)
    #expect(copy == named)
  }

  @Test func `every kind is covered`() {
    #expect(Set(Self.layers.map(\.kind)) == Set(LayerSpec.kinds))
  }

  @Test func `unknown and missing keys are errors`() throws {
    #expect(
      try read(#"{"kind": "relu", "name": "x", "slope": 1}"#).1 == ["unknown key \"slope\""])
    #expect(
      try read(#"{"kind": "dense", "name": "x"}"#).1 == ["missing key \"outputs\""])
    #expect(try read(#"{"name": "x"}"#).1 == ["missing key \"kind\""])
  }

  @Test(arguments: ["", ".a", "a.", "a b", "é", "a/b"])
  func `a name that no layer can have is refused`(_ name: String) {
    #expect(!NamedLayer.isLegal(name))
  }
}
