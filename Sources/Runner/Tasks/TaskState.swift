import Engine

/// All that training changes, at the place where a task has it: a checkpoint reads it there, and
/// restoring writes there.
struct TaskState {
  var arrays: [NamedArray] = []
  var numbers: [NamedNumbers] = []

  static func + (a: TaskState, b: TaskState) -> TaskState {
    TaskState(arrays: a.arrays + b.arrays, numbers: a.numbers + b.numbers)
  }

  /// The same memory, its names behind a prefix.
  func named(_ prefix: String) -> TaskState {
    TaskState(
      arrays: arrays.map { NamedArray(name: prefix + $0.name, values: $0.values) },
      numbers: numbers.map { $0.named(prefix + $0.name) })
  }
}

/// Double-precision numbers that must survive an interruption, as many as there are from the start.
/// Copies share their memory.
struct NamedNumbers {
  private final class Memory {
    var values: [Double]
    init(_ values: [Double]) { self.values = values }
  }

  private(set) var name: String
  private let memory: Memory

  /// So many zeros.
  init(_ name: String, count: Int) {
    self.name = name
    memory = Memory(Array(repeating: 0, count: count))
  }

  /// One number.
  init(_ name: String, _ value: Double) {
    self.name = name
    memory = Memory([value])
  }

  /// The same memory by another name.
  func named(_ name: String) -> NamedNumbers {
    var copy = self
    copy.name = name
    return copy
  }

  var count: Int { memory.values.count }

  subscript(index: Int) -> Double {
    get { memory.values[index] }
    nonmutating set { memory.values[index] = newValue }
  }

  /// The only number, or the first.
  var value: Double {
    get { self[0] }
    nonmutating set { self[0] = newValue }
  }

  var all: [Double] { memory.values }
}
