import Testing

@testable import regbench

@Suite struct ExitStatusTests {
  /// Scripts rely on the numbers: a changed one is a broken promise.
  @Test func `the numbers are fixed`() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 64, 65, 66, 69, 70, 74, 75, 130])
  }

  @Test func `the listing has one aligned line per code`() {
    let lines = ExitStatus.listing.split(separator: "\n")
    #expect(lines.count == ExitStatus.allCases.count)
    #expect(lines.first == "    0  everything asked for is done (a diverged run is a result, too)")
    #expect(lines.last == "  130  stopped at once by a second Ctrl-C")
  }
}
