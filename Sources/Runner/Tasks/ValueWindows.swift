import Engine
import Study

/// The value of a GAN, −V(D, G), thinned to the least, the largest and the mean one of every window of
/// updates, in arrays that a checkpoint can keep.
final class ValueWindows {
  /// A window that is over, or the one that is being filled.
  struct Window: Equatable {
    /// Updates until its end.
    var end: Int
    /// The least value.
    var least: Double
    /// The largest value.
    var largest: Double
    /// Their mean.
    var mean: Double
    /// By how much the largest stands out.
    var spike: Double { largest - mean }
    var range: Double { largest - least }
  }

  /// Updates in a window; the last one may have less.
  let length: Int
  private let updates: Int
  /// The values of the window that is being filled.
  private let values: UnsafeMutableBufferPointer<Float>
  /// Least, largest and mean value of every window.
  private let windows: UnsafeMutableBufferPointer<Float>
  /// How many values were taken.
  private let taken = NamedNumbers("value.taken", 0)

  /// Windows for a training of so many updates.
  init(length: Int, updates: Int) {
    self.length = max(1, min(length, updates))
    self.updates = max(1, updates)
    values = .allocate(capacity: self.length)
    values.initialize(repeating: 0)
    windows = .allocate(capacity: 3 * ((self.updates + self.length - 1) / self.length))
    windows.initialize(repeating: 0)
  }

  deinit {
    values.deallocate()
    windows.deallocate()
  }

  /// Takes the value of an update, counted from 0; those behind the end are of no window.
  func add(_ value: Double, update: Int) {
    guard update < updates else { return }
    let place = update % length
    values[place] = Float(value)
    let window = 3 * (update / length)
    let all = values[...place]
    windows[window] = all.min() ?? 0
    windows[window + 1] = all.max() ?? 0
    windows[window + 2] = Float(all.reduce(0.0) { $0 + Double($1) } / Double(place + 1))
    taken.value = Double(update + 1)
  }

  /// The windows so far, the last one perhaps unfinished.
  var all: [Window] {
    let done = Int(taken.value)
    return (0..<(done + length - 1) / length).map { index in
      Window(
        end: min((index + 1) * length, done), least: Double(windows[3 * index]),
        largest: Double(windows[3 * index + 1]), mean: Double(windows[3 * index + 2]))
    }
  }

  /// What a checkpoint must hold.
  var state: TaskState {
    TaskState(
      arrays: [
        NamedArray(name: "value.current", values: values),
        NamedArray(name: "value.windows", values: windows),
      ], numbers: [taken])
  }
}
