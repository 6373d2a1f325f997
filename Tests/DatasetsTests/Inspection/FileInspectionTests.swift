import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct FileInspectionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func inspect(
    _ bytes: [UInt8], _ name: String = "file", images: Int = 0
  ) throws -> FileInspection {
    try FileInspection(file: try folder.write(bytes, name), images: images)
  }

  @Test func `labels are counted`() throws {
    for bytes in [IDX.labels(25), Gzip.compress(IDX.labels(25))] {
      let found = try inspect(bytes)
      #expect(found.format == "IDX")
      #expect(found.isCompressed == (bytes[0] == 0x1F))
      #expect(found.bytes == bytes.count)
      #expect(found.arrays.count == 1)
      #expect(found.arrays[0].shape == [25])
      #expect(found.arrays[0].histogram == [3, 3, 3, 3, 3, 2, 2, 2, 2, 2])
      // sha256sum of the 33 bytes.
      #expect(found.digest == (try inspect(IDX.labels(25)).digest))
    }
  }

  @Test func `any element type is named`() throws {
    let found = try inspect(IDX.file([2, 3], [UInt8](repeating: 0, count: 24), type: 0x0D))
    #expect(found.arrays[0].type == "32-bit floats")
    #expect(found.arrays[0].shape == [2, 3])
    let error = #expect(throws: DatasetError.self) {
      try inspect(IDX.file([2, 3], [UInt8](repeating: 0, count: 23), type: 0x0D))
    }
    #expect(error?.kind == .corrupt)
  }

  @Test func `images are kept upright`() throws {
    let bytes = IDX.images(4, side: 3)
    let plain = try inspect(bytes, "train-images", images: 2)
    #expect(plain.sheet?.pixels == Array(bytes.dropFirst(16).prefix(18)))
    let turned = try inspect(bytes, "emnist-letters-train-images-idx3-ubyte", images: 4)
    let pixels = try #require(turned.sheet).pixels
    for row in 0..<3 {
      for column in 0..<3 {
        #expect(pixels[9 + row * 3 + column] == bytes[16 + 9 + column * 3 + row])
      }
    }
  }

  @Test(arguments: ["emnist-digits-images", "images"])
  func `images that a truncated file does not hold whole are an error`(name: String) throws {
    // A compressed file does not tell its length beforehand.
    let bytes = Gzip.compress(Array(IDX.images(4, side: 3).dropLast(4)))
    let error = #expect(throws: DatasetError.self) { try inspect(bytes, name, images: 4) }
    #expect(
      error?.problem == "32 bytes of elements, but the header (4×3×3) promises 36")
  }

  @Test(arguments: MATReaderTests.Order.all)
  func `dimensions of a MAT array that no file can hold are an error`(
    order: MATReaderTests.Order
  ) throws {
    let most = 0xFFFF_FFFF
    for name in ["y", "X"] {
      for dimensions in [[most, most, 0], [most, most]] {
        let error = #expect(throws: DatasetError.self) {
          try inspect(order.mat.file([order.mat.array(name, dimensions, [])]))
        }
        #expect(error?.problem.contains("which no array can have") == true)
      }
    }
  }

  @Test func `records of CIFAR are told by their length`() throws {
    let ten = try inspect(CIFAR.records([[1], [1], [9]]), images: 3)
    #expect(ten.format == "CIFAR binary")
    #expect(ten.arrays[0].histogram == [0, 2, 0, 0, 0, 0, 0, 0, 0, 1])
    #expect(ten.arrays[1].shape == [3, 3, 32, 32])
    #expect(ten.sheet?.count == 3)
    let hundred = try inspect(CIFAR.records([[0, 2], [0, 2]]))
    #expect(hundred.arrays[0].name == "fine labels")
    #expect(hundred.arrays[0].histogram == [0, 0, 2])
  }

  @Test func `arrays of MAT files are listed`() throws {
    let found = try inspect(MAT(isCompressed: true).digits(12, side: 4), images: 5)
    #expect(found.format == "MAT 5")
    #expect(found.arrays.map(\.name) == ["X", "y"])
    #expect(found.arrays[0].shape == [4, 4, 3, 12])
    #expect(found.arrays[1].type == "double, stored as uint8")
    #expect(found.arrays[1].histogram == [0, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1])
    #expect(found.sheet?.shape == FeatureShape(height: 4, width: 4, channels: 3))
    #expect(found.sheet?.count == 5)
  }

  @Test func `members of archives are listed`() throws {
    let members: [(String, [UInt8])] = [("d/a", [1, 2, 3]), ("b", [])]
    let expected = [
      FileInspection.Member(name: "d/a", bytes: 3), FileInspection.Member(name: "b", bytes: 0),
    ]
    let tar = try inspect(Gzip.compress(Tar.archive(members)))
    #expect(tar.format == "tar")
    #expect(tar.isCompressed)
    #expect(tar.members == expected)
    let zip = try inspect(Zip.archive(members))
    #expect(zip.format == "zip")
    #expect(zip.members == expected)
  }

  @Test func `an unknown file is said to be unknown`() throws {
    let page = #expect(throws: DatasetError.self) { try inspect(Array("<!DOCTYPE html>".utf8)) }
    #expect(page?.problem.hasSuffix("found a web page (HTML)") == true)
    let text = #expect(throws: DatasetError.self) { try inspect(Array("hello".utf8)) }
    #expect(text?.kind == .corrupt)
    let empty = #expect(throws: DatasetError.self) { try inspect([]) }
    #expect(empty?.kind == .corrupt)
    let missing = #expect(throws: DatasetError.self) {
      try FileInspection(file: folder.file("none"))
    }
    #expect(missing?.kind == .missing)
  }

  @Test func `random changes never crash the reader`() throws {
    let wholes = [
      Gzip.compress(IDX.images(2, side: 3)), MAT().digits(2, side: 2),
      Zip.archive([("a", [1, 2, 3])]), Tar.archive([("a", [1])]),
    ]
    var mutator = Mutator(seed: 16)
    // Through the disk, so not so many.
    for attempt in 0..<20_000 {
      _ = try? inspect(mutator.mutate(wholes[attempt % wholes.count]), images: 2)
    }
  }
}
