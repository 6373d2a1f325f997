import Durable

/// Bytes that come piece by piece, from a file or from memory.
final class ByteSource {
  /// What errors call it.
  let name: String
  /// How many bytes there are.
  let count: Int
  private let file: InputFile?
  private var memory: Slice<UnsafeRawBufferPointer>

  /// A file's bytes.
  init(file path: String) throws(DatasetError) {
    do throws(FileError) {
      let file = try InputFile(path)
      count = try file.identity().size
      self.file = file
    } catch { throw DatasetError(reading: error) }
    name = path
    memory = UnsafeRawBufferPointer(start: nil, count: 0)[...]
  }

  /// Bytes in memory, which must stay there as long as this object lives.
  init(memory bytes: UnsafeRawBufferPointer, name: String) {
    self.name = name
    count = bytes.count
    file = nil
    memory = bytes[...]
  }

  /// The next bytes, at most as many as fit; 0 is the end.
  func next(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    guard let file else {
      let taken = memory.prefix(buffer.count)
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: taken))
      memory = memory.dropFirst(taken.count)
      return taken.count
    }
    do throws(FileError) { return try file.read(into: buffer) } catch {
      throw DatasetError(reading: error)
    }
  }
}
