import Glibc
import Study
import Testing

@testable import Report

/// What the tests say about studies in which there is nothing to find: two arms that draw their
/// errors from one distribution.
@Suite struct NoDifferenceTests {
  private static let studies = 10_000

  /// Normal numbers that are the same each time (SplitMix64, Box and Muller).
  struct Normal {
    var state: UInt64

    mutating func uniform() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return (Double((word ^ (word >> 31)) >> 11) + 0.5) / Double(1 << 53)
    }

    mutating func next() -> Double {
      (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
    }
  }

  /// The errors of an arm: a trial's own luck, which the arms share, and noise.
  private func arm(_ luck: [Double], _ noise: inout Normal) -> [Int: Double] {
    Dictionary(
      uniqueKeysWithValues: luck.enumerated().map { ($0 + 1, 5 + 0.3 * $1 + 0.2 * noise.next()) })
  }

  @Test(arguments: [3, 5, 10]) func `better comes out in five percent`(trials: Int) {
    var random = Normal(state: UInt64(trials))
    var (better, worse, covered, welch, welchCovered) = (0, 0, 0, 0, 0)
    for _ in 0..<Self.studies {
      let luck = (0..<trials).map { _ in random.next() }
      let (first, second) = (arm(luck, &random), arm(luck, &random))
      let paired = Comparison(
        row: "", "a", first, "b", second, direction: .smallerIsBetter, firstStage: nil,
        resolution: 0)
      if paired.outcome == .confirmed { better += 1 }
      if paired.outcome == .contradicted { worse += 1 }
      if abs(paired.advantage ?? .infinity) <= paired.halfWidth ?? 0 { covered += 1 }
      // Unpaired, each arm with luck of its own.
      let other = arm((0..<trials).map { _ in random.next() }, &random)
      let unpaired = Comparison(
        row: "", "a", first, "b", other, direction: .smallerIsBetter, paired: false,
        firstStage: nil, resolution: 0)
      if unpaired.outcome == .confirmed { welch += 1 }
      if abs(unpaired.advantage ?? .infinity) <= unpaired.halfWidth ?? 0 { welchCovered += 1 }
    }
    func percent(_ count: Int) -> Double { 100 * Double(count) / Double(Self.studies) }
    #expect((3...7).contains(percent(better)), "better in \(percent(better)) %")
    #expect((3...7).contains(percent(worse)), "worse in \(percent(worse)) %")
    #expect((93...97).contains(percent(covered)), "covered in \(percent(covered)) %")
    #expect((3...7).contains(percent(welch)), "Welch: better in \(percent(welch)) %")
    // With three trials Welch's intervals are known to be a little too wide.
    #expect((93...97.5).contains(percent(welchCovered)), "covered in \(percent(welchCovered)) %")
  }

  @Test func `the interval of a mean covers`() {
    var random = Normal(state: 7)
    var covered = 0
    for _ in 0..<Self.studies {
      let values = (0..<5).map { _ in 3 + 0.4 * random.next() }
      if let interval = MeanInterval(of: values, confidence: 0.95, firstStage: nil),
        interval.lower <= 3, 3 <= interval.upper
      {
        covered += 1
      }
    }
    let percent = 100 * Double(covered) / Double(Self.studies)
    #expect((93...97).contains(percent), "covered in \(percent) %")
  }

  @Test func `holm finds something in no more than five percent of tables`() {
    var random = Normal(state: 11)
    var found = 0
    for _ in 0..<2000 {
      let claims = (0..<6).map { row in
        let luck = (0..<5).map { _ in random.next() }
        return Comparison(
          row: String(row), "a", arm(luck, &random), "b", arm(luck, &random),
          direction: .smallerIsBetter, firstStage: nil, resolution: 0)
      }.adjusted()
      if claims.contains(where: { $0.holm ?? 1 < Comparison.level }) { found += 1 }
    }
    #expect((60...140).contains(found), "\(found) of 2000")
  }
}
