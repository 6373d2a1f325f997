import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct NumberLanesTests {
  private let lanes = PhiloxLanes(
    RandomRoot(seed: 1, trial: 1).stream(.weights, "fc1.weight"), position: 0)

  private func drawn(_ count: Int, _ numbers: (Int) -> PhiloxLanes.Numbers) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { lanes.fill($0, numbers) }
    return values
  }

  @Test func `uniform numbers are the scalar mapping of the bits`() {
    let values = drawn(64, lanes.uniforms)
    let stream = RandomRoot(seed: 1, trial: 1).stream(.weights, "fc1.weight")
    for (index, value) in values.enumerated() {
      let block = stream.block(position: 0, index: UInt32(index / 32 * 8 + index % 8))
      #expect(value == RandomBits.uniform(block[index % 32 / 8]))
    }
  }

  @Test func `a shorter fill is a prefix of a longer one`() {
    let long = drawn(1000, lanes.normals)
    for count in [0, 1, 7, 8, 31, 32, 33, 999] {
      #expect(drawn(count, lanes.normals) == Array(long[..<count]))
    }
  }

  @Test func `normal numbers have the moments of the standard normal distribution`() {
    let values = drawn(1 << 18, lanes.normals).map(Double.init)
    let count = Double(values.count)
    func moment(_ power: Int) -> Double {
      values.reduce(0) { sum, x in sum + (0..<power).reduce(1) { p, _ in p * x } } / count
    }
    // Five standard errors of each moment of N(0, 1).
    #expect(abs(moment(1)) < 5 * (1 / count).squareRoot())
    #expect(abs(moment(2) - 1) < 5 * (2 / count).squareRoot())
    #expect(abs(moment(3)) < 5 * (15 / count).squareRoot())
    #expect(abs(moment(4) - 3) < 5 * (96 / count).squareRoot())
    #expect(values.allSatisfy { abs($0) < 5.8 })
    let beyond = values.count { abs($0) > 1.959964 }
    #expect(abs(Double(beyond) / count - 0.05) < 5 * (0.05 * 0.95 / count).squareRoot())
  }

  @Test func `the two numbers of a pair are uncorrelated`() {
    let values = drawn(1 << 17, lanes.normals).map(Double.init)
    var products = 0.0
    var pairs = 0.0
    for start in stride(from: 0, to: values.count, by: 16) {
      for lane in 0..<8 {
        products += values[start + lane] * values[start + 8 + lane]
        pairs += 1
      }
    }
    #expect(abs(products / pairs) < 5 / pairs.squareRoot())
  }
}
