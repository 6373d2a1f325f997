import Durable
import Glibc
import Model
import Testing

@testable import Datasets

/// Where real data are: in `REGBENCH_DATA`, or in the system's folders.
private enum RealData {
  static let folder: String? = getenv("REGBENCH_DATA").map { String(cString: $0) }
  static let folders = [folder].compactMap { $0 } + ["/usr/share/datasets"]

  static func has(_ name: String) -> Bool {
    var search = FileSearch()
    return KnownDataset.named(name).map { !search.candidates($0, in: folders).isEmpty } == true
  }

  static func sample(_ name: String) -> String? {
    folder.map { PathName.join($0, name) }.flatMap { FileContents.exists($0) ? $0 : nil }
  }

  static func open(_ name: String, sample: String? = nil) throws -> Dataset {
    let places = DatasetLocator.Places(folders: folders, cache: nil, offline: true)
    return try DatasetLocator(places).open(
      DatasetSpec(
        name: name, validation: 0, scale: 1, files: sample, unverified: sample != nil))
  }
}

/// Whole data sets and samples, where they are; the label counts are the published ones.
@Suite struct RealDataTests {
  @Test(.enabled(if: RealData.has("fashion-mnist"), "no Fashion-MNIST"))
  func `fashion MNIST`() throws {
    let dataset = try RealData.open("fashion-mnist")
    #expect(dataset.isVerified)
    #expect(histogram(dataset.training) == [Int](repeating: 6000, count: 10))
    #expect(histogram(dataset.test) == [Int](repeating: 1000, count: 10))
  }

  @Test(.enabled(if: RealData.has("cifar10"), "REGBENCH_DATA has no CIFAR-10"))
  func `cifar 10`() throws {
    let dataset = try RealData.open("cifar10")
    #expect(dataset.isVerified)
    #expect(histogram(dataset.training) == [Int](repeating: 5000, count: 10))
    #expect(histogram(dataset.test) == [Int](repeating: 1000, count: 10))
    // The constants of the papers are these images' statistics.
    let statistics = PixelStatistics(dataset.training, Array(0..<50_000))
    let means = statistics.channelMeans.map { ($0 / 255 * 1e4).rounded() }
    #expect(means == [4914, 4822, 4465])
    let deviations = statistics.channelDeviations.map { ($0 / 255 * 1e4).rounded() }
    #expect(deviations == [2470, 2435, 2616])
  }

  @Test(.enabled(if: RealData.has("cifar100"), "REGBENCH_DATA has no CIFAR-100"))
  func `cifar 100`() throws {
    let dataset = try RealData.open("cifar100")
    #expect(dataset.isVerified)
    var training = [Int](repeating: 0, count: 100)
    for label in dataset.training.labelBytes { training[Int(label)] += 1 }
    #expect(training == [Int](repeating: 500, count: 100))
  }

  @Test(.enabled(if: RealData.sample("svhn-mini") != nil, "REGBENCH_DATA has no svhn-mini"))
  func `a sample of SVHN`() throws {
    let dataset = try RealData.open("svhn", sample: RealData.sample("svhn-mini"))
    #expect(!dataset.isVerified)
    #expect(dataset.facts.shape == FeatureShape(height: 32, width: 32, channels: 3))
    #expect([dataset.training.count, dataset.test.count] == [4000, 1000])
    #expect(histogram(dataset.training).allSatisfy { $0 > 100 })
  }

  @Test(.enabled(if: RealData.sample("emnist-mini") != nil, "REGBENCH_DATA has no emnist-mini"))
  func `a sample of EMNIST`() throws {
    let dataset = try RealData.open("emnist-balanced", sample: RealData.sample("emnist-mini"))
    #expect(!dataset.isVerified)
    #expect([dataset.training.count, dataset.test.count] == [37_600, 4_700])
    var training = [Int](repeating: 0, count: 47)
    for label in dataset.training.labelBytes { training[Int(label)] += 1 }
    #expect(training.allSatisfy { $0 > 0 })
  }
}
