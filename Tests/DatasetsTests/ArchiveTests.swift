import Durable
import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct ArchiveTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func visit(_ name: String, _ bytes: [UInt8]) throws(DatasetError) -> [Int: [UInt8]] {
    guard let path = try? folder.write(bytes, name) else { return [:] }
    var found: [Int: [UInt8]] = [:]
    try Archive.visit(path, ["one", "two"]) { (place, reader) throws(DatasetError) in
      found[place] = try reader.everything()
    }
    return found
  }

  private let members: [(String, [UInt8])] = [
    ("d/two", [2, 2]), ("d/other", [9]), ("d/one.gz", Gzip.compress([1])),
  ]

  @Test func `files are found whatever the archive`() throws {
    let expected: [Int: [UInt8]] = [0: [1], 1: [2, 2]]
    #expect(try visit("a.tar", Tar.archive(members)) == expected)
    #expect(try visit("a.tar.gz", Gzip.compress(Tar.archive(members))) == expected)
    #expect(try visit("a.tgz", Gzip.compress(Tar.archive(members))) == expected)
    #expect(try visit("a.zip", Zip.archive(members)) == expected)
  }

  @Test func `backslashes in zip archives part folders too`() throws {
    let windows = members.map { ($0.0.replacing("/", with: "\\"), $0.1) }
    #expect(try visit("a.zip", Zip.archive(windows)) == [0: [1], 1: [2, 2]])
  }

  @Test func `archives are recognized by their contents`() throws {
    let expected: [Int: [UInt8]] = [0: [1], 1: [2, 2]]
    #expect(try visit("a.tar.gz", Tar.archive(members)) == expected)
    #expect(try visit("a.tar", Gzip.compress(Tar.archive(members))) == expected)
    #expect(try visit("a.tgz", Zip.archive(members)) == expected)
  }

  @Test func `files that are missing or doubled in an archive are named`() {
    let lacking = #expect(throws: DatasetError.self) {
      try visit("a.tar", Tar.archive([members[0]]))
    }
    #expect(lacking?.problem == "the archive lacks one")
    let twice = #expect(throws: DatasetError.self) {
      try visit("a.zip", Zip.archive(members + [("two", [3])]))
    }
    #expect(twice?.problem == "two files called two")
  }

  @Test func `a wrong checksum of the whole archive is found`() {
    var packed = Gzip.compress(Tar.archive(members))
    packed[packed.count - 5] ^= 1
    #expect(throws: DatasetError.self) { try visit("a.tar.gz", packed) }
  }

  @Test func `a data set in its archive is that of its files`() throws {
    let batches = (1...3).map { number in
      CIFAR.records((0..<4).map { [UInt8($0 + number)] }, seed: number)
    }
    let names = ["data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"]
    for (name, content) in zip(names, batches) { try folder.write(content, "plain/\(name)") }
    // In another order than that of the images.
    let archive = Tar.archive(zip(names, batches).reversed().map { ("cifar/\($0)", $1) })
    let path = try folder.write(Gzip.compress(archive), "packed/cifar.tar.gz")
    let own = try UserFiles.find(at: folder.file("plain"), format: .cifar, name: "own")
    #expect(own.files.map(\.name) == names)
    func open(_ found: FileSearch.Found, cache: String?) throws -> Dataset {
      let files = DatasetFiles(
        name: "own", facts: nil, layout: own.layout, files: own.files, cache: cache)
      guard case .dataset(let dataset) = try files.open(found) else {
        throw DatasetError(.corrupt, file: "own", "of another data set")
      }
      return dataset
    }
    let paths = names.map { folder.file("plain/\($0)") }
    let plain = try open(
      FileSearch.Found(folder: folder.file("plain"), paths: paths), cache: nil)
    #expect(plain.training.count == 8)
    #expect(plain.training.labelBytes == [0, 1, 2, 3, 1, 2, 3, 4])
    let found = FileSearch.Found(
      folder: folder.file("packed"), paths: names.map { _ in path }, archive: path)
    for cache in [nil, folder.file("cache"), folder.file("cache")] {
      let packed = try open(found, cache: cache)
      #expect(packed.digest == plain.digest)
      #expect(packed.allBytes == plain.allBytes)
      #expect(packed.origin == path)
    }
  }
}
