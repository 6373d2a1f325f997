import Durable

/// Bytes that come piece by piece, from a file or from memory.
final class ByteSource: ContentReader {
  /// What errors call it.
  let name: String
  /// How many bytes there are.
  let count: Int
  private let file: InputFile?
  private let all: UnsafeRawBufferPointer
  private var rest: Slice<UnsafeRawBufferPointer>

  /// A file's bytes.
  init(file path: String) throws(DatasetError) {
    do throws(FileError) {
      let file = try InputFile(path)
      count = try file.identity().size
      self.file = file
    } catch { throw DatasetError(reading: error) }
    name = path
    all = UnsafeRawBufferPointer(start: nil, count: 0)
    rest = all[...]
  }

  /// Bytes in memory, which must stay there as long as this object lives.
  init(memory bytes: UnsafeRawBufferPointer, name: String) {
    self.name = name
    count = bytes.count
    file = nil
    all = bytes
    rest = bytes[...]
  }

  var isCompressed: Bool { false }
  var mostBytes: Int { count }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    guard let file else {
      let taken = rest.prefix(buffer.count)
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: taken))
      rest = rest.dropFirst(taken.count)
      return taken.count
    }
    do throws(FileError) { return try file.read(into: buffer) } catch {
      throw DatasetError(reading: error)
    }
  }

  /// Goes on reading at `offset`, which is not behind the end.
  func seek(to offset: Int) throws(DatasetError) {
    guard let file else {
      rest = all[offset...]
      return
    }
    do throws(FileError) { try file.seek(to: offset) } catch { throw DatasetError(reading: error) }
  }
}
