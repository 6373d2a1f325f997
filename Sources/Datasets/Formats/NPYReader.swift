import Durable
import Model

/// NumPy's archives of arrays: zip archives in which each array is a file NAME.npy.
enum NPZ {
  static func isName(_ path: String) -> Bool { path.hasSuffix(".npz") }

  /// The array's file, in the names that Keras uses.
  static func member(_ file: KnownDataset.File) -> String {
    let set = file.part == .training ? "train" : "test"
    return file.contents == .labels ? "y_\(set).npy" : "x_\(set).npy"
  }
}

/// Gives an array of NumPy (NPY, versions 1 to 3) as the IDX file with the same elements, so that
/// the same images have the same digest in either format.
final class NPYReader: ContentReader {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let maximumHeaderBytes = 1 << 16

  private let source: any ContentReader
  /// The header of the IDX file, as far as it has not been read.
  private var header: ArraySlice<UInt8>
  private let idxHeaderBytes: Int
  private let elements: Int
  private let type: Element
  private var left: Int

  /// How elements are stored: whole numbers of so many bytes.
  private struct Element {
    var size: Int
    var isSigned: Bool
    var isBigEndian: Bool
  }

  /// Reads the header of the array in `source`.
  init(
    _ source: any ContentReader, as contents: KnownDataset.File.Contents
  ) throws(DatasetError) {
    self.source = source
    let text = try Self.headerText(source)
    let shape = try Self.shape(text, source)
    type = try Self.element(text, source)
    let what = contents == .labels ? "labels" : "images"
    let written = shape.map(String.init).joined(separator: "×")
    var dimensions = shape
    if contents == .labels {
      // Keras has its labels in a column.
      if dimensions.count == 2, dimensions[1] == 1 { dimensions.removeLast() }
      guard dimensions.count == 1 else {
        throw source.damage(
          nil, "labels of the shape \(written), expected one number for each image",
          "save the classes' numbers, not one column for each class")
      }
    } else {
      guard (3...4).contains(dimensions.count), type.size == 1, !type.isSigned else {
        throw source.damage(
          nil,
          "images of \(type.size == 1 && !type.isSigned ? "the shape \(written)" : "another type"), "
            + "expected uint8 of images×rows×columns or images×rows×columns×channels",
          "save pixels from 0 to 255: x.astype(numpy.uint8)")
      }
    }
    if text.contains("'fortran_order': True") {
      throw source.damage(
        nil, "\(what) in Fortran's order", "save numpy.ascontiguousarray of them")
    }
    guard dimensions.allSatisfy({ (1...Int(UInt32.max)).contains($0) }) else {
      throw source.damage(nil, "an array of the shape \(written)", "the file is damaged")
    }
    elements = DecodingLimit.product(dimensions) ?? .max
    left = elements
    let sizes = dimensions.flatMap { size in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
    }
    header = ([0, 0, 8, UInt8(dimensions.count)] + sizes)[...]
    idxHeaderBytes = header.count
  }

  var name: String { source.name }
  var isCompressed: Bool { true }
  var maximumBytes: Int { idxHeaderBytes + min(elements, source.maximumBytes) }

  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    guard !buffer.isEmpty else { return 0 }
    if !header.isEmpty {
      let taken = min(header.count, buffer.count)
      for index in 0..<taken { buffer[index] = header[header.startIndex + index] }
      header = header.dropFirst(taken)
      return taken
    }
    guard left > 0 else {
      guard try source.bytes(1).isEmpty else {
        throw source.damage(nil, "more bytes follow the array", "the file is damaged")
      }
      return 0
    }
    let count = min(buffer.count, left, 64 * 1024)
    if type.size == 1, !type.isSigned {
      var target = buffer.extracting(first: count)
      guard try source.fill(&target) == count else { throw truncated }
    } else {
      let bytes = try source.bytes(count * type.size)
      guard bytes.count == count * type.size else { throw truncated }
      for index in 0..<count { buffer[index] = try label(bytes.span, index) }
    }
    left -= count
    return count
  }

  private var truncated: DatasetError {
    source.damage(
      nil, "the array ends before its \(elements) elements", "the file is truncated: get it again")
  }

  private func label(_ bytes: Span<UInt8>, _ index: Int) throws(DatasetError) -> UInt8 {
    let start = index * type.size
    let low = type.isBigEndian ? type.size - 1 : 0
    let rest = (0..<type.size).filter { $0 != low }
    guard rest.allSatisfy({ bytes[start + $0] == 0 }),
      !(type.size == 1 && bytes[start] > 127 && type.isSigned)
    else {
      throw source.damage(
        nil, "label \(elements - left + index + 1) is not a number from 0 to 255",
        "labels are the numbers of classes")
    }
    return bytes[start + low]
  }

  // MARK: - The header, a dictionary of Python

  private static func headerText(_ source: any ContentReader) throws(DatasetError) -> String {
    let start = try source.bytes(8)
    guard start.count == 8, start.starts(with: magic), (1...3).contains(start[6]) else {
      throw source.damage(
        0,
        "expected an array of NumPy (bytes 93 4e 55 4d 50 59), found bytes "
          + FileSignature.hex(start.prefix(6)), "save it with numpy.savez")
    }
    let length = try source.bytes(start[6] == 1 ? 2 : 4).reversed().reduce(0) {
      $0 << 8 | Int($1)
    }
    guard length <= maximumHeaderBytes else {
      throw source.damage(8, "a header of \(length) bytes", "the file is damaged")
    }
    return String(decoding: try source.bytes(length), as: UTF8.self)
  }

  /// What stands behind a key, as far as its first character reaches.
  private static func value(_ key: String, _ text: String) -> Substring? {
    guard let place = text.firstRange(of: "'\(key)':") else { return nil }
    return text[place.upperBound...].drop { $0 == " " }
  }

  private static func shape(
    _ text: String, _ source: any ContentReader
  ) throws(DatasetError) -> [Int] {
    guard let rest = value("shape", text), rest.first == "(", let end = rest.firstIndex(of: ")")
    else { throw source.damage(10, "a header without \"shape\"", "the file is damaged") }
    let words = rest[rest.index(after: rest.startIndex)..<end].split { $0 == "," || $0 == " " }
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, numbers.count <= 32 else {
      throw source.damage(10, "a header with another \"shape\" than numbers", "the file is damaged")
    }
    return numbers
  }

  private static func element(
    _ text: String, _ source: any ContentReader
  ) throws(DatasetError) -> Element {
    let written = value("descr", text)?.dropFirst().prefix { $0 != "'" } ?? ""
    let kinds: [Substring: Element] = [
      "|u1": Element(size: 1, isSigned: false, isBigEndian: false),
      "|b1": Element(size: 1, isSigned: false, isBigEndian: false),
      "|i1": Element(size: 1, isSigned: true, isBigEndian: false),
    ]
    if let kind = kinds[written] { return kind }
    guard written.count == 3, let size = written.last?.wholeNumberValue, [2, 4, 8].contains(size),
      written.hasPrefix("<") || written.hasPrefix(">"),
      "iu".contains(written.dropFirst().first ?? " ")
    else {
      throw source.damage(
        10, "an array of \"\(written)\", expected whole numbers",
        "save pixels as uint8 from 0 to 255 and labels as whole numbers")
    }
    return Element(
      size: size, isSigned: written.dropFirst().first == "i", isBigEndian: written.hasPrefix(">"))
  }
}

extension NPYReader: FormatReading {
  static func recognizes(_ start: [UInt8]) -> Bool { start.starts(with: magic) }

  static func inspect(
    _ reader: any ContentReader, images: Int, into inspection: inout FileInspection
  ) throws(DatasetError) {
    inspection.format = "NPY"
    inspection.arrays = [try field("", reader)]
  }

  /// Name, type and shape of an array.
  static func field(
    _ name: String, _ reader: any ContentReader
  ) throws(DatasetError) -> FileInspection.Field {
    let text = try headerText(reader)
    let type = value("descr", text)?.dropFirst().prefix { $0 != "'" } ?? "?"
    return FileInspection.Field(
      name: name, type: "NumPy's \(type)", shape: try shape(text, reader))
  }

  static let userFilesText =
    "one .npz file of NumPy with x_train, y_train, x_test and y_test"

  static func userFiles(at path: String) throws(DatasetError) -> UserFiles? {
    var archive = path
    if FileContents.identity(of: path)?.isFolder == true {
      let names = UserFiles.names(in: path)
      guard let name = try UserFiles.only(names, in: path, where: { $0.hasSuffix(".npz") }) else {
        return nil
      }
      archive = PathName.join(path, name)
    }
    guard NPZ.isName(archive) else { return nil }
    let files = KnownDataset.mnist.files.map(\.anonymous)
    return UserFiles(
      layout: .plainIDX, files: files,
      found: FileSearch.Found(
        folder: PathName.parent(of: archive), paths: files.map { _ in archive }, archive: archive))
  }

  static func readAnything(_ source: ByteSource) throws(DatasetError) {
    let kind = try source.bytes(1)
    let contents: KnownDataset.File.Contents = kind.first == 0 ? .labels : .images
    let reader = try NPYReader(source, as: contents)
    if contents == .labels {
      _ = try IDXReader(reader).labels(classes: nil)
    } else {
      _ = try IDXReader(reader).images()
    }
  }
}
