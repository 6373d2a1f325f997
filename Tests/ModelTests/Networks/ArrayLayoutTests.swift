import Testing

@testable import Model

@Suite struct ArrayLayoutTests {
  /// The engine's array whose n-th number in PyTorch's layout is n.
  private func memory(_ layout: ArrayLayout) -> [Float] {
    let file = (0..<layout.count).map { Float($0) }
    var result = [Float](repeating: -1, count: layout.count)
    file.withUnsafeBufferPointer { file in
      result.withUnsafeMutableBufferPointer { layout.load(file, to: $0) }
    }
    return result
  }

  private func file(_ layout: ArrayLayout, _ memory: [Float]) -> [Float] {
    var result = [Float](repeating: -1, count: layout.count)
    memory.withUnsafeBufferPointer { memory in
      result.withUnsafeMutableBufferPointer { layout.export(memory, to: $0) }
    }
    return result
  }

  @Test func `filters have their second axis last`() {
    let layout = ArrayLayout(
      "w", [.plain(2), .plain(3), .plain(1), .plain(2)], memory: [0, 2, 3, 1])
    #expect(layout.shape == [2, 3, 1, 2])
    #expect(memory(layout) == [0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11])
  }

  @Test func `columns of a map have channels last`() {
    let map = FeatureShape(height: 1, width: 2, channels: 3)
    let layout = ArrayLayout("w", [.plain(2), .map(map)], memory: [0, 1])
    #expect(layout.shape == [2, 6])
    #expect(memory(layout) == [0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11])
  }

  @Test func `a vector has one order only`() {
    #expect(memory(ArrayLayout("b", [.plain(4)], memory: [0])) == [0, 1, 2, 3])
  }

  @Test func `export undoes load`() {
    let map = FeatureShape(height: 3, width: 2, channels: 5)
    let other = FeatureShape(height: 2, width: 4, channels: 3)
    for layout in [
      ArrayLayout("w", [.map(map), .map(other)], memory: [0, 1]),
      ArrayLayout("w", [.plain(3), .map(map), .plain(2), .plain(4)], memory: [0, 2, 3, 1]),
      ArrayLayout("b", [.map(map)], memory: [0]),
      ArrayLayout("b", [.plain(0)], memory: [0]),
    ] {
      #expect(file(layout, memory(layout)) == (0..<layout.count).map { Float($0) })
      #expect(Set(memory(layout)).count == layout.count)
    }
  }
}
