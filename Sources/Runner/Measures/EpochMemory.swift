import Engine

/// Numbers that are gathered epoch by epoch and must survive an interruption: an array of a task's
/// state, in which each double-precision number takes the place of two floats.
final class EpochMemory {
  /// Epochs for which there is room.
  let epochs: Int
  let numbers: Int
  private let floats: UnsafeMutableBufferPointer<Float>

  /// Room for so many numbers in each of so many epochs, all 0.
  init(epochs: Int, numbers: Int) {
    self.epochs = epochs
    self.numbers = numbers
    floats = .allocate(capacity: 2 * max(1, epochs * numbers))
    floats.initialize(repeating: 0)
  }

  deinit { floats.deallocate() }

  /// The array as a checkpoint keeps it.
  func named(_ name: String) -> NamedArray { NamedArray(name: name, values: floats) }

  /// A number of an epoch, both counted from 0.
  subscript(epoch: Int, number: Int) -> Double {
    get { memory.loadUnaligned(fromByteOffset: offset(epoch, number), as: Double.self) }
    set { memory.storeBytes(of: newValue, toByteOffset: offset(epoch, number), as: Double.self) }
  }

  private var memory: UnsafeMutableRawPointer {
    // There is room for one number at least.
    UnsafeMutableRawPointer(floats.baseAddress!)
  }

  private func offset(_ epoch: Int, _ number: Int) -> Int {
    precondition((0..<epochs).contains(epoch) && (0..<numbers).contains(number))
    return 8 * (epoch * numbers + number)
  }
}
