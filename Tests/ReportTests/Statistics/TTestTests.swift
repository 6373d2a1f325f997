import Report
import Testing

@Suite struct TTestTests {
  /// Two printed means with 95 % half widths of three runs, and the one-sided p that follows.
  struct Printed: Sendable {
    var better: (Double, Double)
    var baseline: (Double, Double)
    var p: Double
  }

  private static func mean(_ printed: (Double, Double)) -> MeanWithError {
    MeanWithError(mean: printed.0, standardError: printed.1 / 1.96, count: 3)
  }

  // The Delayed Strong Regularization paper's Tables 2 and 3, in the order L2, L1.
  @Test(arguments: [
    Printed(better: (71.01, 0.33), baseline: (69.16, 0.46), p: 0.002),
    Printed(better: (67.55, 0.12), baseline: (66.94, 0.24), p: 0.011),
    Printed(better: (92.60, 0.16), baseline: (92.42, 0.16), p: 0.097),
    Printed(better: (91.55, 0.10), baseline: (91.29, 0.16), p: 0.033),
    Printed(better: (47.64, 0.33), baseline: (46.91, 0.15), p: 0.017),
    Printed(better: (47.48, 0.29), baseline: (45.70, 0.10), p: 0.002),
    Printed(better: (77.63, 0.34), baseline: (76.87, 0.24), p: 0.014),
    Printed(better: (94.84, 0.04), baseline: (94.82, 0.02), p: 0.223),
    Printed(better: (94.78, 0.07), baseline: (94.68, 0.08), p: 0.070),
    Printed(better: (95.53, 0.07), baseline: (95.38, 0.10), p: 0.041),
    Printed(better: (95.38, 0.11), baseline: (95.34, 0.11), p: 0.320),
    Printed(better: (95.74, 0.07), baseline: (95.45, 0.14), p: 0.019),
    Printed(better: (95.50, 0.15), baseline: (95.37, 0.11), p: 0.124),
  ])
  func `welch of printed means`(_ printed: Printed) throws {
    let test = try #require(TTest.welch(Self.mean(printed.better), Self.mean(printed.baseline)))
    #expect(abs(test.p - printed.p) < 0.001)
  }

  // Reference values computed with six decimals of the normal quantile.
  @Test func `welch degrees of freedom`() throws {
    func exact(_ mean: Double, _ halfWidth: Double) -> MeanWithError {
      MeanWithError(mean: mean, standardError: halfWidth / 1.959_964, count: 3)
    }
    let test = try #require(TTest.welch(exact(71.01, 0.33), exact(69.16, 0.46)))
    #expect(abs(test.t - 6.404_803_438_556) < 1e-9)
    #expect(abs(test.degrees - 3.627_526_474_046) < 1e-9)
    #expect(abs(test.p - 0.002_117_919_532_410_7) < 1e-12)
  }

  @Test func `a mean without error counts as known`() throws {
    let ours = try #require(MeanWithError(of: [4.8, 5.0, 5.2, 5.1, 4.9], leastDeviation: 0))
    let known = MeanWithError(mean: 4.9, standardError: 0, count: 1)
    let test = try #require(TTest.welch(ours, known))
    #expect(abs(test.degrees - 4) < 1e-12)
    #expect(abs(test.t - 2.0.squareRoot()) < 1e-12)
    #expect(TTest.welch(known, known) == nil)
  }

  @Test func `paired test`() throws {
    // Differences 1 … 5: t = 3/√(2.5/5) with 4 degrees of freedom.
    let test = try #require(TTest.paired([1, 2, 3, 4, 5], leastDeviation: 0, firstStage: nil))
    #expect(abs(test.t - 18.0.squareRoot()) < 1e-12)
    #expect(test.degrees == 4)
    #expect(abs(test.p - 0.006_617_799) < 1e-8)
    let other = try #require(
      TTest.paired([-1, -2, -3, -4, -5], leastDeviation: 0, firstStage: nil))
    #expect(abs(test.p + other.p - 1) < 1e-12)
  }

  @Test func `differences without spread`() throws {
    #expect(try #require(TTest.paired([0.5, 0.5, 0.5], leastDeviation: 0, firstStage: nil)).p == 0)
    #expect(try #require(TTest.paired([0, 0, 0], leastDeviation: 0, firstStage: nil)).p == 0.5)
    #expect(try #require(TTest.paired([-1, -1], leastDeviation: 0, firstStage: nil)).p == 1)
    #expect(TTest.paired([1], leastDeviation: 0, firstStage: nil) == nil)
  }
}
