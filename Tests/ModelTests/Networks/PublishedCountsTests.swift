import Testing

@testable import Model

/// Parameters and multiply-adds of every network that the papers use. The parameters are those that
/// the papers and the published codes print; the multiply-adds were computed independently from the
/// architectures, and count convolutions, shortcuts included, and fully connected layers.
@Suite struct PublishedCountsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let text: String
    let input: FeatureShape
    let classes: Int
    let parameters: Int
    /// In millions, rounded to as many decimals as `decimals`.
    let multiplyAdds: Double
    let decimals: Int

    init(
      _ text: String, _ input: FeatureShape, _ classes: Int, _ parameters: Int,
      _ multiplyAdds: Double, decimals: Int = 2
    ) {
      self.text = text
      self.input = input
      self.classes = classes
      self.parameters = parameters
      self.multiplyAdds = multiplyAdds
      self.decimals = decimals
    }

    var testDescription: String { "\(text), \(classes) classes" }
  }

  static let rows = [
    Row(#""mlp""#, .mnistImage, 10, 3_256_330, 3.252, decimals: 3),
    Row(
      #"{"name": "mlp", "hidden": [1024], "activation": "sigmoid"}"#, .mnistImage, 10, 814_090,
      0.8131, decimals: 4),
    Row(
      #"{"name": "mlp", "hidden": [500, 1000], "activation": "sigmoid"}"#, .mnistImage, 10,
      903_510, 0.9020, decimals: 4),
    Row(#""lenet""#, .mnistImage, 10, 431_080, 2.293, decimals: 3),
    Row(#""alexfastnet""#, .cifarImage, 10, 145_578, 12.354, decimals: 3),
    Row(#""wrn-16-4""#, .cifarImage, 10, 2_748_890, 392.61),
    Row(#""wrn-16-8""#, .cifarImage, 10, 10_961_370, 1548.15),
    Row(#""wrn-28-10""#, .cifarImage, 10, 36_479_194, 5243.33),
    Row(#""wrn-28-10""#, .cifarImage, 100, 36_536_884, 5243.39),
    Row(#""wrn-28-10""#, .mnistImage, 47, 36_502_623, 4014.22),
    Row(#"{"name": "resnet-110", "shortcut": "A"}"#, .cifarImage, 10, 1_727_962, 252.89),
    Row(#"{"name": "resnet-110", "shortcut": "B"}"#, .cifarImage, 10, 1_730_714, 253.15),
    Row(#""resnet-164""#, .cifarImage, 100, 1_727_284, 247.67),
    Row(#""preresnet-164""#, .cifarImage, 10, 1_703_258, 247.65),
    Row(#""preresnet-164""#, .cifarImage, 100, 1_726_388, 247.67),
    Row(#""densenet-bc-100-12""#, .cifarImage, 10, 769_162, 287.93),
    Row(#""densenet-bc-100-12""#, .cifarImage, 100, 800_032, 287.96),
    Row(#""densenet-bc-190-40""#, .cifarImage, 10, 25_624_430, 9301.95),
    Row(#""densenet-bc-190-40""#, .cifarImage, 100, 25_821_620, 9302.14),
    Row(#""resnext-29-8x64""#, .cifarImage, 10, 34_426_698, 5387.27),
    Row(#""resnext-29-8x64""#, .cifarImage, 100, 34_518_948, 5387.36),
    Row(#""resnet-18""#, .cifarImage, 100, 11_220_132, 555.47),
    Row(#""dropact-simple""#, .cifarImage, 10, 357_034, 10.585, decimals: 3),
    Row(#""alexnet-32""#, .cifarImage, 10, 2_603_850, 15.088, decimals: 3),
    Row(#""alexnet-32""#, .cifarImage, 100, 2_626_980, 15.111, decimals: 3),
    Row(#""vgg-11""#, .cifarImage, 10, 9_750_922, 153.29),
    Row(#""vgg-16""#, .cifarImage, 10, 15_245_130, 313.73),
    Row(#""vgg-16""#, .cifarImage, 100, 15_291_300, 313.77),
    Row(#""vgg-19""#, .cifarImage, 10, 20_554_826, 398.66),
    Row(#""autoencoder""#, .mnistImage, 10, 402_448, 0.4014, decimals: 4),
    Row(
      #""alexnet-caffe""#, FeatureShape(height: 227, width: 227, channels: 3), 1000, 60_965_224,
      724.41),
  ]

  @Test(arguments: rows) func `counts are the published ones`(_ row: Row) throws {
    let (choice, messages) = try choice(row.text)
    #expect(messages.isEmpty)
    let network = choice.network(input: row.input, classes: row.classes)
    #expect(try network.parameterCount() == row.parameters)
    let unit = row.decimals == 2 ? 1e4 : row.decimals == 3 ? 1e3 : 1e2
    let rounded = (Double(try network.multiplyAdds()) / unit).rounded() * unit / 1e6
    #expect(abs(rounded - row.multiplyAdds) < 1e-9)
  }

  /// Operations of one image's training step in units of 10⁹, six for each multiply-add, where the
  /// last digit is the unit: a second computation of the same counts, with more digits.
  static let operations: [(String, FeatureShape, Int, Double, unit: Double)] = [
    (#""mlp""#, .mnistImage, 10, 0.019513, 1e-6), (#""lenet""#, .mnistImage, 10, 0.013758, 1e-6),
    (#""alexfastnet""#, .cifarImage, 10, 0.074125, 1e-6),
    (#""wrn-16-4""#, .cifarImage, 10, 2.35567, 1e-5),
    (#""wrn-16-8""#, .cifarImage, 10, 9.28887, 1e-5),
    (#""wrn-28-10""#, .cifarImage, 10, 31.4600, 1e-4),
    (#""wrn-28-10""#, .mnistImage, 47, 24.0853, 1e-4),
    (#"{"name": "resnet-110", "shortcut": "A"}"#, .cifarImage, 10, 1.51733, 1e-5),
    (#"{"name": "resnet-110", "shortcut": "B"}"#, .cifarImage, 10, 1.51890, 1e-5),
    (#""resnet-164""#, .cifarImage, 100, 1.48602, 1e-5),
    (#""preresnet-164""#, .cifarImage, 10, 1.48588, 1e-5),
    (#""densenet-bc-100-12""#, .cifarImage, 10, 1.72758, 1e-5),
    (#""densenet-bc-190-40""#, .cifarImage, 10, 55.8117, 1e-4),
    (#""resnext-29-8x64""#, .cifarImage, 10, 32.3236, 1e-4),
    (#""resnet-18""#, .cifarImage, 100, 3.33281, 1e-5),
    (#""dropact-simple""#, .cifarImage, 10, 0.06351, 1e-5),
    (#""alexnet-32""#, .cifarImage, 10, 0.090529, 1e-6),
    (#""vgg-11""#, .cifarImage, 10, 0.91976, 1e-5),
    (#""vgg-16""#, .cifarImage, 10, 1.88236, 1e-5),
    (#""vgg-19""#, .cifarImage, 10, 2.39196, 1e-5),
    (#"{"name": "mlp", "hidden": [1024]}"#, .mnistImage, 10, 0.004878, 1e-6),
    (#"{"name": "mlp", "hidden": [500, 1000]}"#, .mnistImage, 10, 0.005412, 1e-6),
    (#""autoencoder""#, .mnistImage, 10, 0.002408, 1e-6),
    (
      #""alexnet-caffe""#, FeatureShape(height: 227, width: 227, channels: 3), 1000, 4.34644, 1e-5
    ),
  ]

  @Test(arguments: operations) func `operations are the published ones`(
    _ row: (text: String, input: FeatureShape, classes: Int, operations: Double, unit: Double)
  ) throws {
    let network = try choice(row.text).choice.network(input: row.input, classes: row.classes)
    let operations = Double(6 * (try network.multiplyAdds())) / 1e9
    #expect(abs(operations - row.operations) <= 0.5000001 * row.unit)
  }

  /// Every row is listed, so that `networks` shows what the papers use.
  @Test func `every row is a reference`() throws {
    for row in Self.rows {
      let choice = try choice(row.text).choice
      #expect(
        NetworkChoice.references.contains {
          $0.choice == choice && $0.input == row.input && $0.classes == row.classes
        }, "\(row.testDescription)")
    }
  }
}
