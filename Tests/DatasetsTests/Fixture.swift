import Durable
import Model
import TestSupport

@testable import Datasets

/// A folder with a small data set in IDX files, a cache beside it, and no way to download.
struct Fixture {
  let folder: TemporaryFolder
  var places: DatasetLocator.Places

  init() throws {
    folder = try TemporaryFolder()
    places = DatasetLocator.Places(
      folders: [folder.file("data")], cache: folder.file("cache"), offline: true)
  }

  var locator: DatasetLocator { DatasetLocator(places) }

  /// The files' contents, in the order of `names`.
  static let contents = [
    IDX.images(40, side: 6), IDX.labels(40), IDX.images(20, side: 6), IDX.labels(20),
  ]
  static let names = KnownDataset.mnist.files.map { $0.name }

  /// Writes the four files and returns a spec for them.
  func write(
    compressed: Bool = false, into place: String = "data", _ contents: [[UInt8]] = Self.contents
  ) throws -> DatasetSpec {
    for (name, content) in zip(Self.names, contents) {
      if compressed {
        try folder.write(Gzip.compress(content), "\(place)/\(name).gz")
      } else {
        try folder.write(content, "\(place)/\(name)")
      }
    }
    return DatasetSpec(
      name: "own", validation: 0, scale: 1, files: folder.file(place), unverified: true)
  }
}

extension Dataset {
  /// All bytes of images and labels, to compare.
  var allBytes: [[UInt8]] {
    [training, test].flatMap { [$0.pixelBytes, $0.labelBytes] }
  }
}

extension ImageSet {
  /// Copies for `#expect`, which cannot look into spans.
  var pixelBytes: [UInt8] { Array(copying: pixels) }
  var labelBytes: [UInt8] { Array(copying: labels) }
}
