import Canonical
import Durable
import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct DownloadTests {
  private let folder: TemporaryFolder
  private let content = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
  private let address: String
  private let target: String

  init() throws {
    folder = try TemporaryFolder()
    address = "file://\(try folder.write(content, "file"))"
    target = folder.file("target")
  }

  private func offer(
    bytes: Int, md5: String? = nil, sha256: String? = nil
  ) -> KnownDataset.Offer {
    KnownDataset.Offer(name: "file", bytes: bytes, md5: md5, sha256: sha256)
  }

  private func failure(
    _ offer: KnownDataset.Offer, program: String = "curl", address: String? = nil
  ) -> Download.Failure? {
    do throws(Download.Failure) {
      try Download(program: program).fetch(address ?? self.address, offer, to: target)
      return nil
    } catch { return error }
  }

  private var md5: String {
    var hash = MD5()
    content.withUnsafeBytes { hash.update($0) }
    return HexText.of(hash.finish())
  }

  @Test func `the right file comes`() throws {
    for offer in [
      offer(bytes: content.count, sha256: SHA256.hex(content)),
      offer(bytes: content.count, md5: md5),
    ] {
      var heard: [Int] = []
      try Download().fetch(address, offer, to: target) { heard.append($0) }
      #expect(try FileContents.read(target) == content)
      #expect(heard.last == content.count)
      #expect(heard == heard.sorted())
      #expect(try Folder.entries(folder.path) == ["file", "target"])
    }
  }

  @Test func `an interrupted download goes on`() throws {
    try folder.write(Array(content.prefix(123_457)), "target.part")
    var heard: [Int] = []
    try Download().fetch(address, offer(bytes: content.count, md5: md5), to: target) {
      heard.append($0)
    }
    #expect(try FileContents.read(target) == content)
    #expect(heard.first.map { $0 > 123_457 } == true)
  }

  @Test func `a damaged partial download is detected and removed`() throws {
    for length in [100, content.count, content.count + 5] {
      try folder.write([UInt8](repeating: 7, count: length), "target.part")
      let offer = offer(bytes: content.count, md5: md5)
      if length <= content.count {
        #expect(failure(offer)?.reason.hasPrefix("its MD5 is") == true)
      }
      #expect(failure(offer) == nil)
      #expect(try FileContents.read(target) == content)
    }
  }

  @Test func `another length or digest is refused`() throws {
    #expect(
      failure(offer(bytes: 600_001))?.reason == "600000 bytes came, expected 600001")
    // More than expected: the rest is never read.
    #expect(failure(offer(bytes: 10))?.reason == "11 bytes came, expected 10")
    let reason = failure(offer(bytes: content.count, sha256: "0"))?.reason
    #expect(reason == "its SHA-256 is \(SHA256.hex(content)), expected 0")
    #expect(try Folder.entries(folder.path) == ["file"])
  }

  @Test func `the message of the download program is the reason shown`() {
    let any = offer(bytes: 1)
    #expect(failure(any, address: "file:///none")?.reason.hasPrefix("curl: (37)") == true)
    #expect(
      failure(any, program: "no-such-curl")?.reason == "cannot start no-such-curl: not installed")
    #expect(failure(any, program: "false")?.reason == "false failed")
  }

  @Test func `a folder that cannot be written is reported`() {
    let full = FaultHook.Fault(.write, turn: 1, .error(28))
    let attempt = FaultHook.during(full, under: folder.path) {
      failure(offer(bytes: content.count, md5: md5))
    }
    #expect(attempt.result?.unwritable?.isFull == true)
  }
}
