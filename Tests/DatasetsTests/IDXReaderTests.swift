import Glibc
import TestSupport
import Testing

@testable import Datasets

@Suite struct IDXReaderTests {
  private func read<Result>(
    _ bytes: [UInt8], _ body: (IDXReader) throws(DatasetError) -> Result
  ) throws(DatasetError) -> Result {
    try body(IDXReader(ByteSource(memory: bytes, name: "test")))
  }

  private func open(_ path: String) throws(DatasetError) -> IDXReader {
    let source = try ByteSource(file: path)
    return IDXReader(path.hasSuffix(".gz") ? try GzipReader(source) : source)
  }

  private func failure(images bytes: [UInt8]) -> DatasetError? {
    #expect(throws: DatasetError.self) {
      try read(bytes) { (reader) throws(DatasetError) in try reader.images() }
    }
  }

  private func failure(labels bytes: [UInt8], classes: Int = 10) -> DatasetError? {
    #expect(throws: DatasetError.self) {
      try read(bytes) { (reader) throws(DatasetError) in try reader.labels(classes: classes) }
    }
  }

  @Test func `images come back`() throws {
    let bytes = IDX.file([2, 3, 4], Array(0..<24))
    let images = try read(bytes) { (reader) throws(DatasetError) in try reader.images() }
    #expect(images.count == 2)
    #expect(images.height == 3)
    #expect(images.width == 4)
    #expect(images.bytes == Array(0..<24))
  }

  @Test func `compressed and plain files are the same`() throws {
    let folder = try TemporaryFolder()
    let bytes = IDX.labels(1000)
    let plain = HashingReader(try ByteSource(file: try folder.write(bytes, "labels")))
    let packed = HashingReader(
      try GzipReader(ByteSource(file: try folder.write(Gzip.compress(bytes), "labels.gz"))))
    let first = try IDXReader(plain).labels(classes: 10)
    let second = try IDXReader(packed).labels(classes: 10)
    #expect(first.bytes == second.bytes)
    #expect(plain.digest == packed.digest)
  }

  @Test func `headers of any element type are read`() throws {
    for type in IDXReader.ElementType.allCases {
      let bytes = IDX.file(
        [2, 3], [UInt8](repeating: 0, count: 6 * type.size), type: type.rawValue)
      let header = try read(bytes) { (reader) throws(DatasetError) in try reader.header() }
      #expect(header == IDXReader.Header(type: type, dimensions: [2, 3], count: 6))
    }
    for (bytes, offset) in [(IDX.file([1], [0], type: 0x0A), 2), ([0, 0, 8, 0], 3)] {
      let error = #expect(throws: DatasetError.self) {
        try read(bytes) { (reader) throws(DatasetError) in try reader.header() }
      }
      #expect(error?.offset == offset)
    }
  }

  @Test func `labels may count from one`() throws {
    let labels = try read(IDX.file([3], [1, 26, 5])) { (reader) throws(DatasetError) in
      try reader.labels(classes: 26, first: 1)
    }
    #expect(labels.bytes == [0, 25, 4])
    let error = #expect(throws: DatasetError.self) {
      try read(IDX.file([2], [1, 0])) { (reader) throws(DatasetError) in
        try reader.labels(classes: 26, first: 1)
      }
    }
    #expect(error?.problem == "label 0, expected 1 to 26")
  }

  @Test func `another count than expected is an error`() {
    let error = #expect(throws: DatasetError.self) {
      try read(IDX.labels(5)) { (reader) throws(DatasetError) in
        try reader.labels(classes: 10, count: 6)
      }
    }
    #expect(error?.problem == "5 labels, expected 6")
  }

  @Test func `swapped image and label files are named`() {
    let first = failure(images: IDX.labels(5))
    #expect(first?.problem == "these are labels, expected images")
    #expect(first?.advice?.contains("swapped") == true)
    #expect(first?.offset == 3)
    let second = failure(labels: IDX.images(2, side: 3))
    #expect(second?.problem == "these are images, expected labels")
    #expect(second?.kind == .corrupt)
  }

  @Test func `every truncation is found`() {
    let whole = IDX.images(2, side: 3)
    for length in whole.indices {
      let error = failure(images: Array(whole.prefix(length)))
      #expect(error?.kind == .corrupt)
      #expect(error?.advice != nil)
      #expect(error?.offset.map { (0...length).contains($0) } == true)
    }
    #expect(failure(images: Array(whole.prefix(10)))?.offset == 10)
  }

  @Test func `truncated compressed contents are found where they end`() throws {
    let folder = try TemporaryFolder()
    // Whole for gzip, too short for IDX.
    let cut = Array(IDX.images(20, side: 10).dropLast(5))
    let path = try folder.write(Gzip.compress(cut), "images.gz")
    let error = #expect(throws: DatasetError.self) { try open(path).images() }
    #expect(
      error?.message
        == "\(path): byte 2011 uncompressed: the file ends after 1995 of 2000 bytes of images")
  }

  @Test func `nothing may follow`() {
    let error = failure(images: IDX.images(2, side: 3) + [0])
    #expect(error?.offset == 16 + 18)
    #expect(error?.problem == "more bytes follow the end that the header gives")
  }

  @Test func `a header with huge sizes takes no memory`() throws {
    for sizes in [[0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], [60_000, 28, 28], [3, 3, 3]] {
      let error = failure(images: IDX.file(sizes, Array(repeating: 1, count: 26)))
      #expect(error?.offset == 4)
      #expect(error?.problem.contains("26 at most") == true)
    }
    // Forty bytes of gzip cannot hold four gigabytes, whatever they say.
    let folder = try TemporaryFolder()
    let path = try folder.write(Gzip.compress(IDX.file([0xFFFF_FFFF], [])), "bomb.gz")
    let error = #expect(throws: DatasetError.self) { try open(path).labels(classes: 10) }
    #expect(error?.problem.contains("the header promises 4294967295 bytes") == true)
  }

  @Test func `contents beyond the size in the header are not unpacked`() throws {
    let folder = try TemporaryFolder()
    let bomb = IDX.labels(10) + Array(repeating: 0, count: 50_000_000)
    let path = try folder.write(Gzip.compress(bomb), "bomb.gz")
    let error = #expect(throws: DatasetError.self) { try open(path).labels(classes: 10) }
    #expect(error?.offset == 18)
  }

  @Test func `empty dimensions are errors`() {
    #expect(failure(images: IDX.file([0, 28, 28], []))?.offset == 4)
    #expect(failure(images: IDX.file([1, 0, 28], []))?.offset == 4)
    #expect(failure(labels: IDX.file([0], []))?.offset == 4)
  }

  @Test func `other types and dimensions are named`() {
    let floats = failure(images: IDX.file([1, 2, 2], Array(repeating: 0, count: 16), type: 0x0D))
    #expect(floats?.problem == "expected unsigned bytes (type 08), found 32-bit floats")
    #expect(floats?.offset == 2)
    let pairs = failure(images: IDX.file([1, 2], [1, 2]))
    #expect(pairs?.problem == "2 dimensions, expected 3 (images)")
  }

  @Test func `little endian headers are named as such`() {
    let magic = failure(images: [3, 8, 0, 0, 2, 0, 0, 0] + [UInt8](repeating: 0, count: 20))
    #expect(magic?.problem.hasSuffix("found such a header in little-endian order") == true)
    var swapped = IDX.images(3, side: 5)
    for start in [4, 8, 12] { swapped[start..<(start + 4)].reverse() }
    let sizes = failure(images: swapped)
    #expect(sizes?.problem == "dimensions in little-endian order (3×5×5)")
    #expect(sizes?.advice?.contains("highest byte first") == true)
  }

  @Test func `a fourth dimension is read as channels`() throws {
    let bytes = IDX.file([2, 2, 2, 3], Array(0..<24))
    let images = try read(bytes) { (reader) throws(DatasetError) in try reader.images() }
    #expect([images.count, images.height, images.width, images.channels] == [2, 2, 2, 3])
    #expect(failure(images: IDX.file([2, 2, 2, 5], Array(0..<40)))?.offset == 16)
  }

  @Test func `labels out of range are found where they are`() {
    let error = failure(labels: IDX.file([4], [0, 9, 10, 3]))
    #expect(error?.offset == 10)
    #expect(error?.problem == "label 10, expected 0 to 9")
  }

  @Test(arguments: [
    ("<!DOCTYPE html><html><head>", "found a web page (HTML)"), ("", "found an empty file"),
    ("\u{1F}", "found bytes 1f"), ("hello, world", "found bytes 68 65 6c 6c"),
  ])
  func `a file that is not IDX is named`(text: String, found: String) {
    let error = failure(images: Array(text.utf8))
    #expect(error?.offset == 0)
    #expect(error?.problem.hasSuffix(found) == true)
  }

  @Test func `compressed data under a plain name are named`() {
    #expect(failure(images: Gzip.compress(IDX.labels(3)))?.advice?.contains(".gz") == true)
  }

  @Test func `folders and missing files are missing`() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.file("none"), folder.file("none.gz")] {
      let error = #expect(throws: DatasetError.self) { try open(path).images() }
      #expect(error?.kind == .missing)
      #expect(error?.file == path)
    }
  }

  @Test(.disabled(if: geteuid() == 0, "root may read everything"))
  func `files that may not be read say so`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(IDX.labels(3), "labels")
    chmod(path, 0)
    let error = #expect(throws: DatasetError.self) { try open(path).labels(classes: 10) }
    #expect(error?.kind == .missing)
    #expect(error?.problem == "cannot open it: Permission denied")
  }

  @Test func `random changes neither crash nor pass for a whole file`() throws {
    let whole = IDX.images(3, side: 4)
    var mutator = Mutator(seed: 2)
    for _ in 0..<Mutator.attempts {
      let mutant = mutator.mutate(whole)
      try? read(mutant) { (reader) throws(DatasetError) in
        let images = try reader.images()
        // IDX carries no checksum: what is accepted must at least have the size that it states.
        #expect(images.count * images.height * images.width == mutant.count - 16)
      }
    }
  }

  @Test func `random changes below the compression never crash the reader`() throws {
    let whole = Gzip.compress(IDX.labels(60))
    let original = Array(IDX.labels(60).dropFirst(8))
    var mutator = Mutator(seed: 3)
    for _ in 0..<Mutator.attempts {
      let mutant = mutator.mutate(whole)
      let source = ByteSource(memory: mutant, name: "test.gz")
      if let labels = try? IDXReader(GzipReader(source)).labels(classes: 10) {
        #expect(labels.bytes == original)
      }
    }
  }
}
