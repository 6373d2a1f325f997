import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct NPYReaderTests {
  private func read(
    _ bytes: [UInt8], _ contents: KnownDataset.File.Contents
  ) throws(DatasetError) -> [UInt8] {
    try NPYReader(ByteSource(memory: bytes, name: "test.npy"), as: contents).everything(piece: 7)
  }

  private func problem(
    _ bytes: [UInt8], _ contents: KnownDataset.File.Contents = .images
  ) -> String? {
    do throws(DatasetError) {
      _ = try read(bytes, contents)
      return nil
    } catch { return error.problem }
  }

  @Test func `images become the IDX file with the same images`() throws {
    let idx = IDX.images(3, side: 4)
    #expect(try read(NumPy.array("|u1", [3, 4, 4], Array(idx.dropFirst(16))), .images) == idx)
    let colour = [UInt8](0..<24)
    #expect(
      try read(NumPy.array("|u1", [2, 2, 2, 3], colour), .images)
        == IDX.file([2, 2, 2, 3], colour))
  }

  @Test func `labels of any width become bytes`() throws {
    let expected = IDX.file([3], [7, 0, 255])
    let little = NumPy.longs([7, 0, 255])
    #expect(try read(NumPy.array("<i8", [3], little), .labels) == expected)
    #expect(try read(NumPy.array("<u8", [3, 1], little), .labels) == expected)
    #expect(try read(NumPy.array(">i2", [3], [0, 7, 0, 0, 0, 255]), .labels) == expected)
    #expect(try read(NumPy.array("|u1", [3], [7, 0, 255]), .labels) == expected)
  }

  @Test func `forms that are not read are named`() {
    #expect(problem([1, 2, 3])?.hasPrefix("expected an array of NumPy") == true)
    #expect(problem(NumPy.array("<f4", [1, 2, 2], []))?.hasPrefix("an array of \"<f4\"") == true)
    #expect(problem(NumPy.array("|u1", [4, 4], []))?.contains("the shape 4×4") == true)
    #expect(
      problem(NumPy.array("|u1", [1, 2, 2], [1, 2, 3, 4], order: "True"))
        == "images in Fortran's order")
    #expect(
      problem(NumPy.array("<i8", [2], NumPy.longs([1, 256])), .labels)
        == "label 2 is not a number from 0 to 255")
    #expect(problem(NumPy.array("|i1", [1], [200]), .labels)?.hasPrefix("label 1") == true)
    #expect(problem(NumPy.array("|u1", [2, 10], []), .labels)?.contains("2×10") == true)
    #expect(problem(NumPy.array("|u1", [1, 2, 2], [1, 2, 3]))?.contains("ends before") == true)
    #expect(
      problem(NumPy.array("|u1", [1, 2, 2], [1, 2, 3, 4, 5])) == "more bytes follow the array")
  }

  @Test func `random changes never crash the reader, nor make it give more than the file holds`() {
    let images = NumPy.array("|u1", [2, 2, 2], Array(0..<8))
    let labels = NumPy.array("<i8", [3], NumPy.longs([1, 2, 3]))
    var mutator = Mutator(seed: 22)
    for _ in 0..<Mutator.attempts {
      let (a, b) = (mutator.mutate(images), mutator.mutate(labels))
      let read = [
        try? IDXReader(NPYReader(ByteSource(memory: a, name: "a"), as: .images)).images(),
        try? IDXReader(NPYReader(ByteSource(memory: b, name: "b"), as: .labels))
          .labels(classes: nil),
      ]
      for (contents, file) in zip(read, [a, b]) {
        if let contents { #expect(contents.bytes.count <= file.count) }
      }
    }
  }
}
