import Testing

@testable import Model

@Suite struct PoolingSpecTests {
  private func sizes(
    _ start: Int, _ pooling: PoolingSpec, steps: Int
  ) throws -> [Int] {
    var shape = FeatureShape(height: start, width: start, channels: 3)
    var result: [Int] = []
    for _ in 0..<steps {
      shape = try pooling.outputShape(of: shape, name: "pool")
      #expect(shape.width == shape.height)
      #expect(shape.channels == 3)
      result.append(shape.height)
    }
    return result
  }

  @Test func `rounding up keeps a clipped window, rounding down leaves it out`() throws {
    let up = PoolingSpec(.max, window: 3, stride: 2, rounding: .ceil)
    #expect(try sizes(32, up, steps: 3) == [16, 8, 4])
    let down = PoolingSpec(.max, window: 3, stride: 2)
    #expect(try sizes(32, down, steps: 3) == [15, 7, 3])
  }

  @Test func `windows that fit need no rounding`() throws {
    for rounding in PoolingSpec.Rounding.allCases {
      let pooling = PoolingSpec(.average, window: 2, stride: 2, rounding: rounding)
      #expect(try sizes(24, pooling, steps: 3) == [12, 6, 3])
    }
  }

  @Test func `no window begins outside the map`() throws {
    let pooling = PoolingSpec(.max, window: 1, stride: 3, rounding: .ceil)
    #expect(try sizes(5, pooling, steps: 1) == [2])
  }

  @Test func `a window larger than the map is refused`() {
    let pooling = PoolingSpec(.max, window: 3, stride: 2, rounding: .ceil)
    #expect(throws: ShapeError.self) { try sizes(2, pooling, steps: 1) }
  }
}
