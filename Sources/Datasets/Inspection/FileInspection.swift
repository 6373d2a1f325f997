import Canonical
import Durable
import Model

/// What a file holds, whatever it is, as far as data sets come in it.
package struct FileInspection: Sendable {
  /// An array in a file.
  package struct Field: Equatable, Sendable {
    /// Its name; empty in formats that give none.
    package var name: String
    /// Its elements, in the format's own words.
    package var type: String
    /// Its dimensions in the order of the file.
    package var shape: [Int]
    /// How often each value from 0 occurs, where it holds labels.
    package var histogram: [Int]?
  }

  /// A file in an archive.
  package struct Member: Equatable, Sendable {
    /// Its path in the archive.
    package var name: String
    /// Bytes of its contents.
    package var bytes: Int
  }

  /// The file.
  package let path: String
  /// `IDX`, `CIFAR binary`, `MAT 5`, `tar` or `zip`.
  package internal(set) var format = ""
  /// Whether it is compressed with gzip.
  package let isCompressed: Bool
  /// Its length on the disk.
  package let bytes: Int
  /// SHA-256 of its uncompressed contents.
  package internal(set) var digest = ""
  /// What it holds.
  package internal(set) var arrays: [Field] = []
  /// The files in it, if it is an archive.
  package internal(set) var members: [Member] = []
  /// The first images, if it holds images and some were asked for.
  package internal(set) var sheet: ContactSheet?

  /// Reads the whole file and checks whatever its format allows to check.
  /// - Parameter images: how many images to keep for a contact sheet.
  package init(file path: String, images: Int = 0) throws(DatasetError) {
    self.path = path
    let source = try ByteSource(file: path)
    bytes = source.count
    let magic = try source.bytes(2)
    isCompressed = magic == [0x1F, 0x8B]
    let start = try Self.open(path, isCompressed).bytes(512)
    if DatasetError.isPage(start) {
      throw source.damage(
        0, "expected data, found a web page (HTML)", "the download went wrong: get the file again")
    }
    let reader = HashingReader(try Self.open(path, isCompressed))
    switch start {
    case _ where start.starts(with: Array("PK".utf8)):
      try inspectZip(source)
      try reader.skip()
    case _ where start.count > 262 && start[257..<262].elementsEqual("ustar".utf8):
      try inspectTar(reader)
    case _
    where start.count >= 128
      && ["IM", "MI"].contains(String(decoding: start[126..<128], as: UTF8.self)),
      _ where start.starts(with: Array("MATLAB".utf8)):
      try inspectMAT(reader, images)
    case _
    where start.count > 4 && start[0] == 0 && start[1] == 0 && start[3] > 0
      && IDXReader.ElementType(rawValue: start[2]) != nil:
      try inspectIDX(reader, images)
    default:
      try inspectRecords(reader, images)
    }
    try reader.skip()
    digest = reader.digest
  }

  static func open(_ path: String, _ isCompressed: Bool) throws(DatasetError) -> any ContentReader {
    let source = try ByteSource(file: path)
    return try isCompressed ? GzipReader(source) : source
  }
}

extension Dataset {
  /// What it holds, like what a file holds.
  package var fields: [FileInspection.Field] {
    [("training", training), ("test", test)].flatMap { name, set in
      var histogram = [Int](repeating: 0, count: facts.classes)
      for label in set.labels { histogram[Int(label)] += 1 }
      let shape = set.shape
      return [
        FileInspection.Field(
          name: "\(name) images", type: "unsigned bytes",
          shape: [set.count, shape.height, shape.width, shape.channels]),
        FileInspection.Field(
          name: "\(name) labels", type: "unsigned bytes", shape: [set.count],
          histogram: histogram),
      ]
    }
  }
}
