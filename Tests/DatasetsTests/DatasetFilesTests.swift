import Durable
import Glibc
import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct DatasetFilesTests {
  @Test(arguments: [false, true])
  func `user files are read`(compressed: Bool) throws {
    let fixture = try Fixture()
    let dataset = try fixture.locator.open(try fixture.write(compressed: compressed))
    #expect(dataset.name == "own")
    #expect(
      dataset.facts
        == DatasetFacts(
          name: "own", shape: FeatureShape(height: 6, width: 6, channels: 1), classes: 10,
          training: 40, test: 20))
    #expect(!dataset.isVerified)
    #expect(dataset.origin == fixture.folder.file("data"))
    let headers = [16, 8, 16, 8]
    #expect(dataset.allBytes == zip(Fixture.contents, headers).map { Array($0.dropFirst($1)) })
  }

  @Test func `the bytes are the same, cached or not, compressed or not`() throws {
    let fixture = try Fixture()
    let spec = try fixture.write()
    let first = try fixture.locator.open(spec)
    let cached = try Folder.entries(fixture.folder.file("cache/decoded"))
    #expect(cached == ["\(first.digest.prefix(32)).images"])
    let second = try fixture.locator.open(spec)
    var bare = fixture
    bare.places.cache = nil
    let third = try bare.locator.open(spec)
    let fourth = try fixture.locator.open(try fixture.write(compressed: true, into: "packed"))
    for other in [second, third, fourth] {
      #expect(other.allBytes == first.allBytes)
      #expect(other.digest == first.digest)
      #expect(other.facts == first.facts)
    }
  }

  @Test func `files without a published digest are compared with those of their first use`() throws
  {
    let fixture = try Fixture()
    _ = try fixture.write()
    var known = KnownDataset.mnist
    known.files = known.files.map(\.anonymous)
    known.facts = DatasetFacts(
      name: "mnist", shape: FeatureShape(height: 6, width: 6, channels: 1), classes: 10,
      training: 40, test: 20)
    let found = FileSearch.Found(
      folder: fixture.folder.file("data"),
      paths: Fixture.names.map { fixture.folder.file("data/\($0)") }, archive: nil)
    func open(_ cache: String) throws {
      _ = try DatasetFiles(known, cache: fixture.folder.file(cache)).open(found)
    }
    try fixture.folder.write("", "file")
    let unkept = #expect(throws: DatasetError.self) { try open("file/cache") }
    #expect(unkept?.kind == .unwritable)
    #expect(unkept?.advice?.contains("XDG_CACHE_HOME") == true)
    try open("cache")
    try open("cache")
    var contents = Fixture.contents
    contents[1][8] = 9
    _ = try fixture.write(contents)
    let changed = #expect(throws: DatasetError.self) { try open("cache") }
    #expect(changed?.kind == .corrupt)
    #expect(changed?.problem.contains("not those that were used first") == true)
  }

  @Test func `a changed file is read again`() throws {
    let fixture = try Fixture()
    let first = try fixture.locator.open(try fixture.write())
    var contents = Fixture.contents
    contents[1][8] = 9
    let second = try fixture.locator.open(try fixture.write(contents))
    #expect(second.digest != first.digest)
    #expect(second.training.labelBytes[0] == 9)
  }

  @Test func `a damaged file is an error although its old form is cached`() throws {
    let fixture = try Fixture()
    _ = try fixture.locator.open(try fixture.write())
    let spec = try fixture.write([
      Fixture.contents[0], Fixture.contents[1], Fixture.contents[2], Fixture.contents[2],
    ])
    let error = #expect(throws: DatasetError.self) { try fixture.locator.open(spec) }
    #expect(error?.message.hasSuffix("byte 3: these are images, expected labels") == true)
  }

  @Test func `counts that disagree are errors`() throws {
    let fixture = try Fixture()
    var contents = Fixture.contents
    contents[1] = IDX.labels(39)
    let labels = #expect(throws: DatasetError.self) {
      try fixture.locator.open(try fixture.write(contents))
    }
    #expect(labels?.problem.hasPrefix("39 labels for the 40 images") == true)
    contents = Fixture.contents
    contents[2] = IDX.images(20, side: 5)
    let shapes = #expect(throws: DatasetError.self) {
      try fixture.locator.open(try fixture.write(contents))
    }
    #expect(shapes?.problem == "test images of 1×5×5, but training images of 1×6×6")
  }

  @Test func `other data under a known name must have its shape`() throws {
    let fixture = try Fixture()
    var spec = try fixture.write()
    spec.name = "mnist"
    let error = #expect(throws: DatasetError.self) { try fixture.locator.open(spec) }
    #expect(error?.kind == .usage)
    #expect(error?.problem == "images of 1×6×6, but those of mnist are 1×28×28")
  }

  @Test func `contents other than the registry's are refused unless accepted`() throws {
    let fixture = try Fixture()
    let contents = [
      IDX.images(4, side: 28), IDX.labels(4), IDX.images(2, side: 28), IDX.labels(2),
    ]
    _ = try fixture.write(into: "data/mnist", contents)
    var spec = DatasetSpec(name: "mnist", validation: 0, scale: 1)
    for _ in 0..<2 {
      let error = #expect(throws: DatasetError.self) { try fixture.locator.open(spec) }
      #expect(error?.kind == .corrupt)
      #expect(error?.file == fixture.folder.file("data/mnist/train-images-idx3-ubyte"))
      #expect(error?.advice?.contains("\"files\"") == true)
      #expect(error?.advice?.contains("remove") == false)
      // Also when an accepted opening has put them into the cache.
      spec.unverified = true
      #expect(try !fixture.locator.open(spec).isVerified)
      spec.unverified = false
    }
  }

  @Test func `a fault anywhere in the cache costs nothing but time`() throws {
    let fixture = try Fixture()
    let spec = try fixture.write()
    let cache = fixture.folder.file("cache")
    for code in [ENOSPC, EACCES] {
      let hits = try FaultInjection.everywhere(
        .error(code), under: cache, prepare: { try Folder.remove(cache) },
        work: { try fixture.locator.open(spec) },
        check: { attempt in
          let dataset = try attempt.outcome.get()
          #expect(
            dataset.training.labelBytes == Array(Fixture.contents[1].dropFirst(8)))
          #expect(try fixture.locator.open(spec).allBytes == dataset.allBytes)
        })
      #expect(hits > 8)
    }
  }
}
