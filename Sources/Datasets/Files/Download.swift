import Canonical
import Durable
import Model
import Glibc

/// Gets one file from the network through the program curl, which writes into a pipe. What has come
/// is kept beside the file, so that an interrupted download goes on where it stopped; the file
/// itself appears only when its digest is right.
struct Download {
  /// The program; another one in tests.
  var program = "curl"

  /// Why nothing came.
  struct Failure: Error, Equatable {
    var address: String
    var reason: String
    /// What could not be written, if that is the reason.
    var unwritable: FileError?
  }

  /// Puts the file at `address` in its place at `path`.
  /// - Parameter progress: hears how many bytes have come, now and then.
  func fetch(
    _ address: String, _ offer: KnownDataset.Offer, to path: String,
    progress: (Int) -> Void = { _ in }
  ) throws(Failure) {
    var failure: Failure?
    do throws(FileError) {
      let file = try ResumableFile(path)
      if file.count > offer.bytes { try file.restart() }
      if file.count < offer.bytes {
        do throws(Failure) {
          try run(address, into: file, maximum: offer.bytes, progress: progress)
        } catch { failure = error }
      }
      // What has come over a broken connection is worth keeping; what is wrong is not.
      let isBroken = failure != nil && file.count > 0 && file.count < offer.bytes
      if failure == nil { failure = try Self.complaint(file, offer, address) }
      if failure == nil {
        try file.finish()
      } else if !isBroken {
        try file.abandon()
      }
    } catch {
      throw Failure(address: address, reason: error.message, unwritable: error)
    }
    if let failure { throw failure }
  }

  /// Whether a file is there with the contents of an offer.
  func isWhole(_ path: String, _ offer: KnownDataset.Offer) -> Bool {
    guard FileContents.identity(of: path)?.size == offer.bytes else { return false }
    return (try? Self.digestProblem(path, offer)) == .some(nil)
  }

  /// What is wrong with a file that has come, or nil.
  private static func complaint(
    _ file: ResumableFile, _ offer: KnownDataset.Offer, _ address: String
  ) throws(FileError) -> Failure? {
    guard file.count == offer.bytes else {
      return Failure(
        address: address, reason: "\(file.count) bytes came, expected \(offer.bytes)")
    }
    do throws(DatasetError) {
      return try digestProblem(file.draft, offer).map { Failure(address: address, reason: $0) }
    } catch { throw FileError(path: file.draft, operation: .read, code: EIO) }
  }

  /// How a file's digest differs from that of an offer, or nil.
  private static func digestProblem(
    _ path: String, _ offer: KnownDataset.Offer
  ) throws(DatasetError) -> String? {
    let wantsMD5 = offer.sha256 == nil
    let reader = HashingReader(try ByteSource(file: path), md5: wantsMD5)
    try reader.skip()
    let (kind, found, expected) =
      wantsMD5
      ? ("MD5", reader.md5Digest ?? "", offer.md5) : ("SHA-256", reader.digest, offer.sha256)
    guard let expected, found != expected else { return nil }
    return "its \(kind) is \(found), expected \(expected)"
  }

  /// Runs the program and appends what it writes, one byte more than `maximum` at most.
  private func run(
    _ address: String, into file: ResumableFile, maximum: Int, progress: (Int) -> Void
  ) throws(Failure) {
    let arguments = [
      program, "--fail", "--silent", "--show-error", "--location", "--proto-redir", "=https",
      "--connect-timeout", "15", "--speed-limit", "1000", "--speed-time", "30",
      "--continue-at", "\(file.count)", address,
    ]
    let child = try ChildOutput(program, arguments, address)
    let start = file.count
    var unwritable: FileError?
    var room = [UInt8](repeating: 0, count: 256 * 1024)
    // Reading stops behind the expected length, so an endless answer cannot fill the disk.
    while file.count <= maximum {
      let got = room.withUnsafeMutableBytes { child.read(into: $0) }
      if got == 0 { break }
      let piece = room.prefix(min(got, maximum + 1 - file.count))
      do throws(FileError) {
        try piece.span.withUnsafeBytes { (bytes) throws(FileError) in try file.append(bytes) }
      } catch {
        unwritable = error
        break
      }
      progress(file.count)
    }
    let (isWell, words) = child.finish()
    if let unwritable {
      throw Failure(address: address, reason: unwritable.message, unwritable: unwritable)
    }
    guard !isWell, file.count <= maximum else { return }
    if start > 0, file.count == start {
      // A server that cannot go on in the middle: from the beginning, once.
      do throws(FileError) { try file.restart() } catch {
        throw Failure(address: address, reason: error.message, unwritable: error)
      }
      return try run(address, into: file, maximum: maximum, progress: progress)
    }
    throw Failure(address: address, reason: words.isEmpty ? "\(program) failed" : words)
  }
}
