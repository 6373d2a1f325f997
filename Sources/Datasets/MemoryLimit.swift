import Glibc

/// Memory for images.
enum MemoryLimit {
  /// Throws where the system would refuse a block of this size: a program ends without a word where
  /// an array cannot have its memory.
  static func check(_ count: Int) throws(DatasetError) {
    guard let block = malloc(max(1, count)) else {
      throw DatasetError(
        .unavailable, file: "memory", "no memory for \(count) bytes of images",
        advice: "use fewer jobs at once, or raise the limit (`ulimit -v`)")
    }
    free(block)
  }
}
