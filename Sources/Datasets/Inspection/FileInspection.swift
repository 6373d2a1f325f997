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
  /// `IDX`, `MAT 5`, `zip`, …
  package var format = ""
  /// Whether it is compressed with gzip.
  package let isCompressed: Bool
  /// Its length on the disk.
  package let bytes: Int
  /// SHA-256 of its uncompressed contents.
  package var digest = ""
  /// What it holds.
  package var arrays: [Field] = []
  /// The files in it, if it is an archive.
  package var members: [Member] = []
  /// The first images, if it holds images and some were asked for.
  package var sheet: ContactSheet?

  /// Reads the whole file and checks whatever its format allows to check.
  /// - Parameter images: how many images to keep for a contact sheet.
  package init(file path: String, images: Int = 0) throws(DatasetError) {
    self.path = path
    let source = try ByteSource(file: path)
    bytes = source.count
    let magic = try source.bytes(2)
    isCompressed = magic == FileSignature.gzip
    let start = try Self.open(path, isCompressed).bytes(512)
    if FileSignature.isPage(start) {
      throw source.damage(
        0, "expected data, found a web page (HTML)", "the download went wrong: get the file again")
    }
    let reader = HashingReader(try Self.open(path, isCompressed))
    if start.starts(with: FileSignature.zip) {
      try inspectZip(source)
    } else if FileSignature.isTar(start) {
      try inspectTar(reader)
    } else {
      let format = FileFormat.allCases.first { $0.reading.recognizes(start) } ?? .cifar
      try format.reading.inspect(reader, images: images, into: &self)
    }
    try reader.skip()
    digest = reader.digest
  }

  private mutating func inspectZip(_ source: ByteSource) throws(DatasetError) {
    format = "zip"
    let zip = try ZipReader(source)
    for member in zip.members {
      if !member.name.hasSuffix("/") {
        let contents = try zip.open(member)
        if member.name.hasSuffix(".npy") {
          arrays.append(try NPYReader.field(String(member.name.dropLast(4)), contents))
        }
        try contents.skip()
      }
      members.append(Member(name: member.name, bytes: member.count))
    }
  }

  private mutating func inspectTar(_ reader: any ContentReader) throws(DatasetError) {
    format = "tar"
    let tar = TarReader(reader)
    while let member = try tar.next() {
      members.append(Member(name: member.name, bytes: member.count))
    }
  }

  /// Counts without the zeros at the end.
  static func trimmed(_ histogram: [Int]) -> [Int] {
    Array(histogram.prefix((histogram.lastIndex { $0 > 0 } ?? -1) + 1))
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
      for index in 0..<set.count { histogram[Int(set.labels[index])] += 1 }
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
