import Testing

@testable import Engine

@Suite struct ArithmeticFingerprintTests {
  @Test func `it is the same each time`() throws {
    let first = try ArithmeticFingerprint.measure()
    #expect(first.count == 16)
    #expect(try ArithmeticFingerprint.measure() == first)
  }

  /// A change of this digest is a change of the bits of all runs: raise `EngineRevision.current` where
  /// it is meant, and say so in CHANGELOG.md.
  @Test func `with pinned kernels it is this on every processor`() throws {
    let measured = try ArithmeticFingerprint.measure()
    guard CPU.openBLASCore == "Haswell", !CPU.isPortableBuild,
      CPU.openBLASConfig.contains("0.3.21")
    else {
      return print("skipped: the digest is known for OpenBLAS 0.3.21 with Haswell's kernels alone")
    }
    #expect(measured == "2df5e33c649347c0")
  }
}
