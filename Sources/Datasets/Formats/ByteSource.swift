import Durable

/// Bytes that come piece by piece, from a file or from memory.
final class ByteSource: ContentReader {
  private enum Place {
    case file(InputFile)
    case memory([UInt8], next: Int)
  }

  /// What errors call it.
  let name: String
  /// How many bytes there are.
  let count: Int
  private var place: Place

  /// A file's bytes.
  init(file path: String) throws(DatasetError) {
    do throws(FileError) {
      let file = try InputFile(path)
      count = try file.identity().size
      place = .file(file)
    } catch { throw DatasetError(reading: error) }
    name = path
  }

  /// Bytes in memory.
  init(memory bytes: [UInt8], name: String) {
    self.name = name
    count = bytes.count
    place = .memory(bytes, next: 0)
  }

  var isCompressed: Bool { false }
  var maximumBytes: Int { count }

  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    switch place {
    case .file(let file):
      do throws(FileError) {
        return try buffer.withUnsafeMutableBytes { (raw) throws(FileError) in
          try file.read(into: raw)
        }
      } catch { throw DatasetError(reading: error) }
    case .memory(let bytes, let next):
      let taken = min(buffer.count, bytes.count - next)
      for index in 0..<taken { buffer[index] = bytes[next + index] }
      place = .memory(bytes, next: next + taken)
      return taken
    }
  }

  /// Goes on reading at `offset`, which is not behind the end.
  func seek(to offset: Int) throws(DatasetError) {
    switch place {
    case .file(let file):
      do throws(FileError) { try file.seek(to: offset) } catch {
        throw DatasetError(reading: error)
      }
    case .memory(let bytes, _): place = .memory(bytes, next: min(offset, bytes.count))
    }
  }
}
