import Durable

/// What a worker that crashed has left in its log.
enum LastWords {
  private static let mark = "Fatal error: "
  private static let shortage = "there is too little memory: "
  private static let allocation = "failed to allocate "
  private static let tail = 64 * 1024

  /// Why the language's runtime ended the process, in one sentence without a full stop; nil if the
  /// log says nothing of it behind `offset`.
  static func of(log path: String, from offset: Int) -> String? {
    let size = FileContents.identity(of: path)?.size ?? 0
    let bytes = (try? FileContents.read(path, from: max(offset, size - tail))) ?? []
    return of(text: String(decoding: bytes, as: UTF8.self))
  }

  static func of(text: String) -> String? {
    let lines = text.split(separator: "\n")
    if let start = lines.last?.firstRange(of: shortage)?.lowerBound, let line = lines.last {
      return String(line[start...])
    }
    let line = lines.last { $0.contains(mark) }
    guard let line, let start = line.firstRange(of: mark)?.upperBound else { return nil }
    let words = String(line[start...])
    return words.hasPrefix(allocation)
      ? "there is too little memory (\(words)); fewer --jobs need less" : words
  }
}
