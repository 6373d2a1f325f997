import Engine
import Model
import Study
import Testing

@testable import Runner

/// What is read off a parameter's values: histograms, maxima, pictures.
@Suite struct WeightPicturesTests {
  /// A network of one layer on a map, its weights numbered.
  private func layer(_ layer: LayerSpec) throws -> (Network, PlacedLayer) {
    let spec = NetworkSpec(
      name: "one", input: FeatureShape(height: 2, width: 3, channels: 2),
      layers: [NamedLayer("l", layer)])
    let network = try Network(
      spec, capacity: 1, pool: ThreadPool(threads: 1), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.heFanIn)
    let values = network.parameters[0].values
    for index in values.indices { values[index] = Float(index) * (index % 2 == 0 ? 1 : -1) }
    return (network, try spec.placedLayers()[0])
  }

  @Test func `histograms count the shares of the values inside their range`() throws {
    let (network, _) = try layer(.dense(DenseSpec(outputs: 1)))
    // 0, −1, 2, −3, …, 10, −11.
    let points = WeightHistogram(low: -4, high: 4, bins: 4).points(of: network.parameters[0])
    #expect(points.map(\.x) == [-3, -1, 1, 3])
    #expect(points.map(\.y) == [1, 1, 1, 1].map { $0 / 12 })
    #expect(points.allSatisfy { $0.curve == "l.weight" })
    network.parameters[0].values[0] = .nan
    #expect(
      WeightHistogram(low: -4, high: 4, bins: 4).points(of: network.parameters[0])[2].y == 0)
    let edges = WeightHistogram(low: 2, high: 10, bins: 1).points(of: network.parameters[0])
    #expect(edges.map(\.y) == [4.0 / 12])
  }

  @Test func `maxima are those of each input unit`() throws {
    let (dense, place) = try layer(.dense(DenseSpec(outputs: 2)))
    let points = UnitMaxima().points(of: dense.parameters[0], in: place)
    #expect(points.map(\.y) == (0..<12).map { Double($0 + 12) })
    #expect(points.map(\.x) == (0..<12).map(Double.init))
    let (convolution, other) = try layer(
      .convolution(ConvolutionSpec(outputs: 2, kernel: 2)))
    // The last of 2 × 2 × 2 positions for each of two channels, which lie last.
    #expect(UnitMaxima().points(of: convolution.parameters[0], in: other).map(\.y) == [14, 15])
    let (transposed, third) = try layer(
      .transposedConvolution(
        TransposedConvolutionSpec(outputs: 3, kernel: 2, stride: 1, padding: 0)))
    #expect(UnitMaxima().points(of: transposed.parameters[0], in: third).map(\.y) == [11, 23])
  }

  @Test func `pictures show channels below each other`() throws {
    let (network, place) = try layer(.dense(DenseSpec(outputs: 3)))
    for index in 0..<12 { network.parameters[0].values[index] = Float(index % 2 == 0 ? index : 0) }
    for index in 12..<24 { network.parameters[0].values[index] = 7 }
    let series = Filters(units: 2).pictures(network.parameters[0], of: place)
    #expect(series.images.count == 2 && series.name == "filters")
    let first = series.images[0]
    #expect([first.unit, first.width, first.height] == [0, 3, 4])
    #expect(first.low == 0 && first.high == 10)
    #expect(first.pixels == [0, 51, 102, 153, 204, 255] + [0, 0, 0, 0, 0, 0])
    #expect(series.images[1].low == 7 && series.images[1].pixels.allSatisfy { $0 == 0 })
    let (convolution, other) = try layer(
      .convolution(ConvolutionSpec(outputs: 4, kernel: 2)))
    let filters = Filters().pictures(convolution.parameters[0], of: other).images
    #expect(filters.count == 4 && filters[0].width == 2 && filters[0].height == 4)
  }
}
