import Model
import Testing

@testable import Engine

@Suite struct PhiloxLanesTests {
  private let stream = RandomRoot(seed: 7, trial: 3).stream(.mask, "fc2.input")

  @Test(arguments: [UInt64(0), 1, 9_999, 1 << 32, .max])
  func `every lane is the scalar generator's block`(position: UInt64) {
    let lanes = PhiloxLanes(stream, position: position)
    for group in [0, 1, 2, 1000, Int(UInt32.max / 8)] {
      let words = lanes.group(group)
      for lane in 0..<8 {
        let block = stream.block(position: position, index: UInt32(8 * group + lane))
        #expect(SIMD4(words.0[lane], words.1[lane], words.2[lane], words.3[lane]) == block)
      }
    }
  }

  @Test func `groups cover a count`() {
    #expect(PhiloxLanes.groups(covering: 0) == 0)
    #expect(PhiloxLanes.groups(covering: 1) == 1)
    #expect(PhiloxLanes.groups(covering: 32) == 1)
    #expect(PhiloxLanes.groups(covering: 33) == 2)
  }
}
