import Report
import Testing

@Suite struct BestOfRandomTests {
  private let candidates: [(criterion: Double, result: Double)] = [(3, 30), (1, 12), (2, 19)]

  @Test func `one draw gives the mean of all`() throws {
    let best = try #require(BestOfRandom(of: 1, candidates: candidates))
    #expect(abs(best.mean - 61.0 / 3) < 1e-12)
    #expect(best.interval(0.9) == 12...30)
  }

  @Test func `two draws keep the better one`() throws {
    // Of nine pairs five have the first, three the second without the first, one the third alone.
    let best = try #require(BestOfRandom(of: 2, candidates: candidates))
    #expect(abs(best.mean - (5 * 12 + 3 * 19 + 30) / 9.0) < 1e-12)
  }

  @Test func `many draws find the best by the criterion, not by the result`() throws {
    let misled: [(criterion: Double, result: Double)] = [(1, 20), (2, 10)]
    #expect(abs(try #require(BestOfRandom(of: 200, candidates: misled)).mean - 20) < 1e-9)
    #expect(try #require(BestOfRandom(of: 200, candidates: misled)).interval(0.9) == 20...20)
  }

  @Test func `equal criteria share their chance`() throws {
    let tied: [(criterion: Double, result: Double)] = [(1, 10), (1, 20), (2, 90)]
    #expect(abs(try #require(BestOfRandom(of: 300, candidates: tied)).mean - 15) < 1e-9)
  }

  @Test func `diverged candidates lose and are no result`() throws {
    let some: [(criterion: Double, result: Double)] = [(1, 10), (.infinity, .nan)]
    #expect(abs(try #require(BestOfRandom(of: 1, candidates: some)).mean - 10) < 1e-12)
    #expect(BestOfRandom(of: 3, candidates: [(.infinity, .nan)]) == nil)
    #expect(BestOfRandom(of: 0, candidates: some) == nil)
  }

  /// Against searches that are drawn.
  @Test func `agrees with a simulation`() throws {
    let tried: [(criterion: Double, result: Double)] = (0..<12).map {
      (Double($0 * 7 % 12), Double($0 * 5 % 12))
    }
    var state: UInt64 = 7
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % 12)
    }
    var sum = 0.0
    for _ in 0..<20_000 {
      let drawn = (0..<4).map { _ in tried[next()] }
      sum += drawn.min { $0.criterion < $1.criterion }?.result ?? 0
    }
    let best = try #require(BestOfRandom(of: 4, candidates: tried))
    #expect(abs(best.mean - sum / 20_000) < 0.1)
  }
}
