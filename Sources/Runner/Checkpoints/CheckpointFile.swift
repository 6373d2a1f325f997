import Canonical
import Durable
import Engine

/// One checkpoint as a file: a line with its format, the length of the header, a JSON header (whose
/// run, how far, numbers, which arrays), the arrays' bytes in the header's order, and the SHA-256 of all
/// that stands before it.
enum CheckpointFile {
  private static let format = Array("regbench checkpoint 2\n".utf8)
  private static let lengthBytes = 8
  private static let digestBytes = 32

  /// Writes a checkpoint; afterwards it is on the disk, whole, or not there at all.
  static func write(
    _ path: String, run id: String, _ progress: TrainingProgress, _ state: TaskState
  ) throws {
    let header = JSONValue.object([
      "run": .string(id), "progress": progress.json,
      "numbers": .array(
        state.numbers.map {
          .object(["name": .string($0.name), "values": .array($0.all.map { .exact($0) })])
        }),
      "arrays": .array(
        state.arrays.map { .object(["name": .string($0.name), "count": .number($0.values.count)]) }),
    ])
    let text = Array(header.canonicalText.utf8)
    let length = (0..<lengthBytes).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) }
    var hash = SHA256()
    try AtomicFile.write(to: path) { sink in
      try (format + length + text).withUnsafeBytes {
        hash.update($0)
        try sink($0)
      }
      for array in state.arrays {
        let bytes = UnsafeRawBufferPointer(array.values)
        hash.update(bytes)
        try sink(bytes)
      }
      try hash.finish().withUnsafeBytes { try sink($0) }
    }
  }

  /// Fills `state` from the file and returns how far the training was; nil, and nothing touched, if
  /// the file is damaged, of another run or version, or holds another state.
  /// - Throws: `FileError` where the file cannot be read, which says nothing about what is in it.
  static func load(
    _ path: String, run id: String, into state: TaskState
  ) throws(FileError) -> TrainingProgress? {
    let arrays = state.arrays
    let file = try MappedFile(path)
    let bytes = file.bytes
    let start = format.count + lengthBytes
    guard bytes.count >= start + digestBytes, bytes.starts(with: format) else { return nil }
    let body = UnsafeRawBufferPointer(rebasing: bytes.dropLast(digestBytes))
    var hash = SHA256()
    hash.update(body)
    guard hash.finish().elementsEqual(bytes.suffix(digestBytes)) else { return nil }

    let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[format.count + $1]) << ($1 * 8) }
    guard length >= 0, length <= body.count - start else { return nil }
    let text = Array(body[start..<start + length])
    guard case .success(let header) = JSONParser.parse(text, file: path),
      header["run"]?.stringValue == id,
      let progress = header["progress"].flatMap({ TrainingProgress($0) }),
      let stored = header["arrays"]?.elements, stored.count == arrays.count
    else { return nil }
    for (entry, array) in zip(stored, arrays) {
      guard entry["name"]?.stringValue == array.name, entry["count"]?.intValue == array.values.count
      else { return nil }
    }
    guard let numbers = header["numbers"].flatMap({ Self.numbers($0, as: state.numbers) }) else {
      return nil
    }
    let floats = arrays.reduce(0) { $0 + $1.values.count }
    guard body.count - start - length == floats * MemoryLayout<Float>.size else { return nil }

    var offset = start + length
    for array in arrays {
      let target = UnsafeMutableRawBufferPointer(array.values)
      target.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: body[offset..<offset + target.count]))
      offset += target.count
    }
    for (kept, values) in zip(state.numbers, numbers) {
      for (index, value) in values.enumerated() { kept[index] = value }
    }
    return progress
  }

  /// The values of numbers with these names and counts; nil if there are others.
  private static func numbers(_ json: JSONValue, as expected: [NamedNumbers]) -> [[Double]]? {
    guard let stored = json.elements, stored.count == expected.count else { return nil }
    var all: [[Double]] = []
    for (entry, kept) in zip(stored, expected) {
      guard entry["name"]?.stringValue == kept.name, let elements = entry["values"]?.elements,
        elements.count == kept.count
      else { return nil }
      let values = elements.compactMap(\.exactDouble)
      guard values.count == kept.count else { return nil }
      all.append(values)
    }
    return all
  }
}
