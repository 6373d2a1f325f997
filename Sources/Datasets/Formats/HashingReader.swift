import Canonical

/// Passes a file's contents on and takes their digests meanwhile.
final class HashingReader: ContentReader {
  private let source: any ContentReader
  private var sha256 = SHA256()
  private var md5: MD5?

  /// Takes the SHA-256 of what is read, and the MD5 if asked.
  init(_ source: any ContentReader, md5 wantsMD5: Bool = false) {
    self.source = source
    md5 = wantsMD5 ? MD5() : nil
  }

  var name: String { source.name }
  var isCompressed: Bool { source.isCompressed }
  var maximumBytes: Int { source.maximumBytes }

  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    let got = try source.read(into: &buffer)
    buffer.span.extracting(first: got).withUnsafeBytes { bytes in
      sha256.update(bytes)
      md5?.update(bytes)
    }
    return got
  }

  /// The SHA-256 of everything read so far.
  var digest: String {
    var hash = sha256
    return hash.finishHex()
  }

  /// The MD5 of everything read so far, if it was asked for.
  var md5Digest: String? {
    guard var hash = md5 else { return nil }
    return HexText.of(hash.finish())
  }
}
