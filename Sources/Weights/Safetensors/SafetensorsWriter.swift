import Canonical
import Durable

/// Writes safetensors files: whole, or not at all.
package enum SafetensorsWriter {
  /// A tensor of Floats to be written.
  package struct Tensor {
    /// The name, unique in the file.
    package var name: String
    package var shape: [Int]
    /// Writes the numbers, in the shape's order, into memory for as many.
    package var fill: (UnsafeMutableBufferPointer<Float>) -> Void

    package init(
      name: String, shape: [Int], fill: @escaping (UnsafeMutableBufferPointer<Float>) -> Void
    ) {
      self.name = name
      self.shape = shape
      self.fill = fill
    }

    /// How many numbers it holds.
    var count: Int { shape.reduce(1, *) }

    func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
      let numbers = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
      defer { numbers.deallocate() }
      numbers.initialize(repeating: 0)
      fill(numbers)
      try body(UnsafeRawBufferPointer(numbers))
    }
  }

  /// The metadata's key of the SHA-256 of all bytes behind the header, in hexadecimal digits.
  static let digestKey = "data_sha256"

  /// Writes the tensors in the given order, and the digest of their bytes into the metadata; memory
  /// holds one at a time.
  /// - Throws: `FileError`.
  package static func write(
    _ tensors: [Tensor], metadata: [String: String], to path: String
  ) throws {
    var hash = SHA256()
    for tensor in tensors { tensor.withBytes { hash.update($0) } }
    var metadata = metadata
    metadata[digestKey] = hash.finishHex()
    var members = [
      JSONValue.Member(
        "__metadata__", .object(metadata.map { JSONValue.Member($0.key, .string($0.value)) }))
    ]
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.count * MemoryLayout<Float>.size
      members.append(
        JSONValue.Member(
          tensor.name,
          .object([
            "dtype": .string(ElementType.float32.rawValue),
            "shape": .array(tensor.shape.map { .number($0) }),
            "data_offsets": .array([.number(start), .number(end)]),
          ])))
    }
    var text = Array(JSONValue.object(members).canonicalText.utf8)
    // Tensors begin at multiples of 8, as the format's own writers have it.
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    let length = (0..<SafetensorsHeader.lengthBytes).map {
      UInt8(truncatingIfNeeded: text.count >> ($0 * 8))
    }
    try AtomicFile.write(to: path) { sink in
      try (length + text).withUnsafeBytes { try sink($0) }
      for tensor in tensors {
        try tensor.withBytes(sink)
      }
    }
  }
}
