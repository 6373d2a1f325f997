import Durable
import Glibc
import Model
import Synchronization
import TestSupport
import Testing

@testable import Datasets

@Suite struct DatasetLocatorTests {
  private let mnist = DatasetSpec(name: "mnist", validation: 0, scale: 1)

  @Test func `missing data name the places searched and how to get them`() throws {
    let fixture = try Fixture()
    let error = #expect(throws: DatasetError.self) { try fixture.locator.open(mnist) }
    #expect(error?.kind == .missing)
    #expect(error?.problem.contains(fixture.folder.file("data")) == true)
    #expect(error?.problem.contains(fixture.folder.file("cache")) == true)
    let advice = try #require(error?.advice)
    #expect(advice.contains("curl --fail --location --create-dirs --output-dir data/mnist"))
    #expect(advice.contains("https://ossci-datasets.s3.amazonaws.com/mnist/{train-images"))
    #expect(advice.contains("--profile smoke"))
  }

  @Test func `an incomplete folder is named with what it lacks`() throws {
    let fixture = try Fixture()
    try fixture.folder.write("", "data/mnist/train-images-idx3-ubyte.gz")
    let error = #expect(throws: DatasetError.self) { try fixture.locator.open(mnist) }
    #expect(
      error?.problem.contains("lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte") == true)
  }

  @Test func `generated and embedded data need no folder`() throws {
    var fixture = try Fixture()
    fixture.places = DatasetLocator.Places(folders: [], cache: nil, offline: true)
    let digits = DatasetSpec(name: "mnist-5k", validation: 1000, scale: 1)
    #expect(try fixture.locator.open(digits).test.count == 3000)
    let shape = FeatureShape(height: 4, width: 4, channels: 3)
    let synthetic = DatasetSpec(
      name: "synthetic", validation: 0, scale: 1,
      synthetic: SyntheticSpec(shape: shape, classes: 3, training: 30, test: 12))
    #expect(try fixture.locator.open(synthetic).training.count == 30)
  }

  @Test func `an unknown name is an error with a suggestion`() throws {
    let error = #expect(throws: DatasetError.self) {
      try Fixture().locator.open(DatasetSpec(name: "mnits", validation: 0, scale: 1))
    }
    #expect(error?.kind == .usage)
    #expect(error?.advice?.hasPrefix("did you mean \"mnist\"?") == true)
  }

  @Test func `user files that are not there are missing`() throws {
    let fixture = try Fixture()
    let spec = DatasetSpec(
      name: "own", validation: 0, scale: 1, files: fixture.folder.file("none"), unverified: true)
    #expect(#expect(throws: DatasetError.self) { try fixture.locator.open(spec) }?.kind == .missing)
  }

  @Test func `names with dots are found too`() throws {
    let fixture = try Fixture()
    let spec = try fixture.write()
    let data = fixture.folder.file("data")
    #expect(rename("\(data)/train-images-idx3-ubyte", "\(data)/train-images.idx3-ubyte") == 0)
    #expect(try fixture.locator.open(spec).training.count == 40)
  }

  @Test func `downloads are announced, and wrong ones leave no file`() throws {
    var fixture = try Fixture()
    fixture.places.offline = false
    // A mirror that answers every request with a page, as many networks do.
    for name in Fixture.names { try fixture.folder.write("<html>", "mirror/\(name).gz") }
    fixture.places.mirrors = [
      "file://\(fixture.folder.file("none"))/", "file://\(fixture.folder.file("mirror"))/",
    ]
    let said = Mutex<[String]>([])
    let error = #expect(throws: DatasetError.self) {
      try fixture.locator.open(mnist) { line in said.withLock { $0.append(line) } }
    }
    #expect(error?.kind == .missing)
    #expect(error?.problem.contains("6 bytes came, expected 9912422") == true)
    #expect(error?.advice?.contains("--profile smoke") == true)
    let lines = said.withLock { $0 }
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("downloading MNIST (11.6 MB, 4 files) from file://") == true)
    #expect(try Folder.entries(fixture.folder.file("cache/mnist")) == [])
  }

  @Test func `a cache that cannot be written ends a download`() throws {
    var fixture = try Fixture()
    fixture.places.offline = false
    fixture.places.mirrors = ["file:///none/"]
    try fixture.folder.write("", "cache")
    let error = #expect(throws: DatasetError.self) { try fixture.locator.open(mnist) }
    #expect(error?.kind == .unwritable)
    #expect(error?.advice?.contains("XDG_CACHE_HOME") == true)
  }
}
