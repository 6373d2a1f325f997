/// An array that a network learns or measures, in two layouts: PyTorch's, which files have, and the
/// engine's, which memory has. Both hold the same numbers in another order of axes.
package struct ArrayLayout: Hashable, Sendable {
  /// One axis of PyTorch's shape.
  package enum Axis: Hashable, Sendable {
    /// So many numbers, in the same order in both layouts.
    case plain(Int)
    /// A flattened map: channels, rows, columns in PyTorch, rows, columns, channels in the engine.
    case map(FeatureShape)

    /// An axis of `count` numbers that stand for a map, or for nothing but themselves.
    static func vector(_ count: Int, order: FeatureShape?) -> Axis {
      order.map { .map($0) } ?? .plain(count)
    }

    /// Lengths in PyTorch's order.
    var lengths: [Int] {
      switch self {
      case .plain(let count): [count]
      case .map(let shape): [shape.channels, shape.height, shape.width]
      }
    }

    /// PyTorch's places of `lengths` in the engine's order.
    var order: [Int] {
      switch self {
      case .plain: [0]
      case .map: [1, 2, 0]
      }
    }
  }

  /// The full name as PyTorch's state dictionaries have it, for example `conv1.weight`.
  package let name: String
  /// PyTorch's shape.
  package let shape: [Int]
  /// PyTorch's axes in the engine's order: the length, and the distance of neighbours in PyTorch's
  /// layout.
  private let steps: [Step]

  private struct Step: Hashable, Sendable {
    var length: Int
    var distance: Int
  }

  /// - Parameters:
  ///   - axes: of PyTorch's shape.
  ///   - memory: the axes in the engine's order, the last one with neighbours in memory.
  init(_ name: String, _ axes: [Axis], memory: [Int]) {
    self.name = name
    shape = axes.map { $0.lengths.reduce(1, *) }
    var distance = 1
    var steps: [[Step]] = []
    for axis in axes.reversed() {
      var own: [Step] = []
      for length in axis.lengths.reversed() {
        own.insert(Step(length: length, distance: distance), at: 0)
        distance *= length
      }
      steps.insert(axis.order.map { own[$0] }, at: 0)
    }
    self.steps = memory.flatMap { steps[$0] }
  }

  /// How many numbers it holds.
  package var count: Int { shape.reduce(1, *) }

  /// Writes an array of the engine into `file` in PyTorch's layout. Both hold `count` numbers.
  package func export(
    _ memory: UnsafeBufferPointer<Float>, to file: UnsafeMutableBufferPointer<Float>
  ) {
    forEachRun { start, place, length, distance in
      for index in 0..<length { file[place + index * distance] = memory[start + index] }
    }
  }

  /// Writes an array in PyTorch's layout into the engine's `memory`. Both hold `count` numbers.
  package func load(
    _ file: UnsafeBufferPointer<Float>, to memory: UnsafeMutableBufferPointer<Float>
  ) {
    forEachRun { start, place, length, distance in
      for index in 0..<length { memory[start + index] = file[place + index * distance] }
    }
  }

  /// Calls `body` for every run of the engine's last axis: where it starts in memory and in
  /// PyTorch's layout, its length, and the distance of its numbers in the latter.
  private func forEachRun(_ body: (Int, Int, Int, Int) -> Void) {
    guard count > 0, let last = steps.last else { return }
    let outer = steps.dropLast()
    var position = [Int](repeating: 0, count: outer.count)
    var place = 0
    for start in stride(from: 0, to: count, by: last.length) {
      body(start, place, last.length, last.distance)
      for axis in outer.indices.reversed() {
        position[axis] += 1
        place += outer[axis].distance
        guard position[axis] == outer[axis].length else { break }
        place -= outer[axis].length * outer[axis].distance
        position[axis] = 0
      }
    }
  }
}
