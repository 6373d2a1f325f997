import Canonical
import TestSupport
import Testing

@testable import Datasets

@Suite struct DownloadTests {
  private let folder: TemporaryFolder
  private let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
  private let address: String

  init() throws {
    folder = try TemporaryFolder()
    address = "file://\(try folder.write(content, "file"))"
  }

  private func failure(_ program: String = "curl", bytes: Int, sha256: String) -> String? {
    do throws(Download.Failure) {
      _ = try Download(program: program).fetch(address, bytes: bytes, sha256: sha256)
      return nil
    } catch { return error.reason }
  }

  @Test func theRightFileComes() throws {
    let digest = SHA256.hex(content)
    #expect(try Download().fetch(address, bytes: content.count, sha256: digest) == content)
  }

  @Test func anotherLengthOrDigestIsRefused() {
    #expect(
      failure(bytes: 200_001, sha256: "") == "200000 bytes came, expected 200001")
    // More than expected: the rest is never read.
    #expect(failure(bytes: 10, sha256: "") == "11 bytes came, expected 10")
    let reason = failure(bytes: content.count, sha256: "0")
    #expect(reason == "its SHA-256 is \(SHA256.hex(content)), expected 0")
  }

  @Test func theProgramsOwnWordsAreTheReason() {
    let missing = Download()
    #expect(
      #expect(throws: Download.Failure.self) {
        try missing.fetch("file:///none", bytes: 1, sha256: "")
      }?.reason.hasPrefix("curl: (37)") == true)
    #expect(
      failure("no-such-curl", bytes: 1, sha256: "") == "cannot start no-such-curl: not installed")
    #expect(failure("false", bytes: 1, sha256: "") == "false failed")
  }
}
