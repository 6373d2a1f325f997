import TestSupport
import Testing

@testable import Engine

/// The maps of each filtering against matrices that are computed from its points exactly.
@Suite struct WinogradFilteringTests {
  /// A fraction in lowest terms.
  struct Fraction: Equatable {
    var above: Int
    var below: Int

    init(_ above: Int, _ below: Int = 1) {
      var (a, b) = (abs(above), abs(below))
      while b != 0 { (a, b) = (b, a % b) }
      let divisor = below < 0 ? -max(a, 1) : max(a, 1)
      (self.above, self.below) = (above / divisor, below / divisor)
    }

    var value: Double { Double(above) / Double(below) }
    static func + (a: Self, b: Self) -> Self {
      Self(a.above * b.below + b.above * a.below, a.below * b.below)
    }
    static func * (a: Self, b: Self) -> Self { Self(a.above * b.above, a.below * b.below) }
    static func / (a: Self, b: Self) -> Self { Self(a.above * b.below, a.below * b.above) }
    static prefix func - (a: Self) -> Self { Self(-a.above, a.below) }
  }

  struct Case: CustomTestStringConvertible {
    var filtering: any WinogradFiltering.Type
    /// The finite points; infinity is the last one.
    var points: [Fraction]
    var testDescription: String { "F(\(filtering.outputs), \(filtering.kernel))" }
  }

  static let cases = [
    Case(filtering: FourByThree.self, points: [0, 1, -1, 2, -2].map { Fraction($0) }),
    Case(
      filtering: FourByFive.self,
      points: [0, 1, -1, 2, -2].map { Fraction($0) } + [Fraction(1, 2), Fraction(-1, 2)]),
  ]

  /// A row for each point: the values of 1, x, x², … there.
  private func evaluation(_ points: [Fraction], count: Int) -> [[Fraction]] {
    points.map { point in
      (0..<count).map { power in (0..<power).reduce(Fraction(1)) { sum, _ in sum * point } }
    } + [(0..<count).map { Fraction($0 == count - 1 ? 1 : 0) }]
  }

  /// A row for each point: the coefficients of the polynomial that is 1 there and 0 at all others, and
  /// in the last row of the one that is 0 at all and starts with the highest power.
  private func interpolation(_ points: [Fraction]) -> [[Fraction]] {
    func product(_ roots: [Fraction]) -> [Fraction] {
      roots.reduce([Fraction(1)]) { polynomial, root in
        let shifted = [Fraction(0)] + polynomial
        let scaled = polynomial.map { -root * $0 } + [Fraction(0)]
        return zip(shifted, scaled).map { $0 + $1 }
      }
    }
    let rows = points.indices.map { index in
      let others = points.indices.filter { $0 != index }.map { points[$0] }
      let norm = others.reduce(Fraction(1)) { $0 * (points[index] + -$1) }
      return product(others).map { $0 / norm } + [Fraction(0)]
    }
    return rows + [product(points)]
  }

  /// The matrix of a map that takes `count` numbers.
  private func matrix(
    _ filtering: any WinogradFiltering.Type, _ map: WinogradMap, count: Int, results: Int
  ) -> [[Double]] {
    var rows = Array(repeating: Array(repeating: 0.0, count: count), count: results)
    for column in 0..<count {
      filtering.apply(map, { Vector(repeating: $0 == column ? 1 : 0) }) { row, values in
        rows[row][column] = Double(values[0])
      }
    }
    return rows
  }

  private func transposed(_ rows: [[Double]]) -> [[Double]] {
    (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
  }

  /// Rows of G and Bᵀ may be scaled one against the other; A has the points' powers as they are.
  @Test(arguments: cases)
  func `maps are those of the points`(_ item: Case) throws {
    let (n, m, r) = (item.filtering.inputs, item.filtering.outputs, item.filtering.kernel)
    let a = matrix(item.filtering, .outputAdjoint, count: m, results: n)
    #expect(a == evaluation(item.points, count: m).map { $0.map(\.value) })
    let g = matrix(item.filtering, .filter, count: r, results: n)
    let b = matrix(item.filtering, .input, count: n, results: n)
    let (exactG, exactB) = (evaluation(item.points, count: r), interpolation(item.points))
    for row in 0..<n {
      let pivot = try #require(exactB[row].indices.first { exactB[row][$0].above != 0 })
      let scale = b[row][pivot] / exactB[row][pivot].value
      for column in 0..<n { #expect(b[row][column] == scale * exactB[row][column].value) }
      for column in 0..<r {
        let exact = exactG[row][column].value / scale
        #expect(abs(g[row][column] - exact) <= 1e-7 * abs(exact))
      }
    }
  }

  /// Aᵀ[(G·g) ∘ (Bᵀ·d)] for each number of g and of d alone.
  @Test(arguments: cases)
  func `outputs are sums over windows`(_ item: Case) {
    let (n, m, r) = (item.filtering.inputs, item.filtering.outputs, item.filtering.kernel)
    let a = matrix(item.filtering, .outputAdjoint, count: m, results: n)
    let g = matrix(item.filtering, .filter, count: r, results: n)
    let b = matrix(item.filtering, .input, count: n, results: n)
    for (output, tap) in (0..<m).flatMap({ output in (0..<r).map { (output, $0) } }) {
      for input in 0..<n {
        let sum = (0..<n).reduce(0) { $0 + a[$1][output] * g[$1][tap] * b[$1][input] }
        #expect(abs(sum - (input == output + tap ? 1 : 0)) < 1e-6)
      }
    }
  }

  @Test(arguments: cases)
  func `the backward transforms are adjoint to the forward ones`(_ item: Case) {
    let (n, m, r) = (item.filtering.inputs, item.filtering.outputs, item.filtering.kernel)
    func agree(_ map: WinogradMap, _ back: WinogradMap, _ count: Int, _ results: Int) {
      let there = matrix(item.filtering, map, count: count, results: results)
      let here = transposed(matrix(item.filtering, back, count: results, results: count))
      for (a, b) in zip(there.joined(), here.joined()) { #expect(abs(a - b) <= 1e-7 * abs(a)) }
    }
    agree(.input, .inputAdjoint, n, n)
    agree(.output, .outputAdjoint, n, m)
    agree(.filter, .filterAdjoint, r, n)
  }
}
