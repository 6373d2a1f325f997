import Canonical
import Durable

/// A safetensors file open for reading: its header is read and checked at once, its tensors in one
/// pass from front to back. At any time memory holds the header and the bytes of one tensor.
package final class SafetensorsFile {
  /// The path it was opened with.
  package let path: String
  /// What it holds.
  package let header: SafetensorsHeader
  private let file: InputFile
  private var hash = SHA256()

  /// Opens a file.
  /// - Throws: `WeightsError`.
  package init(_ path: String) throws(WeightsError) {
    self.path = path
    let size: Int
    do throws(FileError) {
      file = try InputFile(path)
      size = try file.identity().size
    } catch { throw WeightsError(reading: error) }

    let start = try Self.bytes(min(size, OtherFormat.startBytes), of: file)
    if let other = OtherFormat(start, file: path) {
      throw WeightsError(
        .corrupt, file: path, "expected a safetensors file, found \(other.name)",
        advice: other.advice)
    }
    let prefix = SafetensorsHeader.lengthBytes
    guard size >= prefix else {
      throw WeightsError(
        .corrupt, file: path, "\(size) bytes are too few for a safetensors file")
    }
    let length = start.prefix(prefix).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(size - prefix) else {
      throw WeightsError(
        .corrupt, file: path, offset: 0,
        "the header should have \(length) bytes, but the file has \(size) in all",
        advice: "the file is cut short, or no safetensors file")
    }
    guard length <= UInt64(SafetensorsHeader.longest) else {
      throw WeightsError(
        .corrupt, file: path, offset: 0,
        "the header has \(length) bytes; at most \(SafetensorsHeader.longest) are read")
    }
    do throws(FileError) { try file.seek(to: prefix) } catch { throw WeightsError(reading: error) }
    let text = try Self.bytes(Int(length), of: file)
    header = try SafetensorsHeader(
      reading: text, dataBytes: size - prefix - text.count, file: path)
    hash.update(start.prefix(prefix))
    hash.update(text)
  }

  /// Reads all tensors in the order of their bytes; to be called once.
  /// - Parameter body: gets each tensor with its numbers; nil for types that do not become Float.
  /// - Returns: the SHA-256 of the whole file in hexadecimal digits.
  /// - Throws: `WeightsError`, also where the metadata hold the digest of other tensors, and what `body`
  ///   throws.
  @discardableResult
  package func read(
    _ body: (SafetensorsHeader.Tensor, [Float]?) throws(WeightsError) -> Void
  ) throws(WeightsError) -> String {
    var dataHash = SHA256()
    for tensor in header.tensors {
      let bytes = try Self.bytes(tensor.bytes.count, of: file)
      hash.update(bytes)
      dataHash.update(bytes)
      try body(tensor, tensor.type.floats(bytes.span.bytes, count: tensor.count))
    }
    let key = SafetensorsWriter.digestKey
    if let recorded = header.metadata[key], recorded != dataHash.finishHex() {
      throw WeightsError(
        .corrupt, file: path,
        "the numbers are not those that were written: their digest is another",
        advice: "the file is damaged, or was changed: use another copy, or train again with "
          + "--keep-weights; where the change is meant, take \"\(key)\" out of the metadata")
    }
    var finished = hash
    return finished.finishHex()
  }

  /// The next `count` bytes, which the file's size has promised.
  private static func bytes(_ count: Int, of file: InputFile) throws(WeightsError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var (filled, failure): (Int, FileError?) = (0, nil)
    bytes.withUnsafeMutableBytes { raw in
      do throws(FileError) {
        while filled < count {
          let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[filled...]))
          guard got > 0 else { break }
          filled += got
        }
      } catch { failure = error }
    }
    if let failure { throw WeightsError(reading: failure) }
    guard filled == count else {
      throw WeightsError(.corrupt, file: file.path, "it became shorter while it was read")
    }
    return bytes
  }
}
