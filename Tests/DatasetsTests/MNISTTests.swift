import Durable
import Glibc
import Model
import TestSupport
import Testing

@testable import Datasets

/// Where whole MNIST is, if `REGBENCH_DATA` names a folder that has it.
private enum WholeMNIST {
  static let folder: String? = {
    guard let value = getenv("REGBENCH_DATA") else { return nil }
    let folder = String(cString: value)
    var search = FileSearch()
    return search.candidates(.mnist, in: [folder]).isEmpty ? nil : folder
  }()
}

@Suite(.enabled(if: WholeMNIST.folder != nil, "REGBENCH_DATA names no folder with MNIST"))
struct MNISTTests {
  private func open(cache: String?) throws -> Dataset {
    let folders = [WholeMNIST.folder].compactMap { $0 }
    let places = DatasetLocator.Places(folders: folders, cache: cache, offline: true)
    return try DatasetLocator(places).open(
      DatasetSpec(name: "mnist", validation: 0, scale: 1))
  }

  @Test func `the contents are those of the registry`() throws {
    let dataset = try open(cache: nil)
    #expect(dataset.isVerified)
    #expect(dataset.facts == KnownDataset.mnist.facts)
    #expect(
      histogram(dataset.training) == [
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
      ])
    #expect(
      histogram(dataset.test) == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
  }

  @Test func `the cache gives the same bytes`() throws {
    let folder = try TemporaryFolder()
    let direct = try open(cache: nil)
    for _ in 0..<2 {
      let cached = try open(cache: folder.path)
      #expect(cached.digest == direct.digest)
      #expect(cached.isVerified)
      #expect(cached.allBytes == direct.allBytes)
    }
    #expect(try Folder.entries(folder.file("decoded")).count == 1)
  }

  @Test func `the embedded digits are among its training images`() throws {
    let whole = try open(cache: nil)
    let embedded = try EmbeddedDigits.open()
    let labels = images(whole.training).reduce(into: [:]) { $0[$1.0] = $1.1 }
    for set in [embedded.training, embedded.test] {
      #expect(images(set).allSatisfy { labels[$0.0] == $0.1 })
    }
  }

  private func images(_ set: ImageSet) -> [([UInt8], UInt8)] {
    (0..<set.count).map { (Array(copying: set.image($0)), set.labels[$0]) }
  }
}
