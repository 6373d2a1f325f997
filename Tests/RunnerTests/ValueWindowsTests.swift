import Testing

@testable import Runner

@Suite struct ValueWindowsTests {
  @Test func `every window has its least, largest and mean value`() {
    let windows = ValueWindows(length: 3, updates: 7)
    for (update, value) in [1.5, 1, 2, 1.25, 1.25, 1.25, 4].enumerated() {
      windows.add(value, update: update)
    }
    #expect(
      windows.all == [
        ValueWindows.Window(end: 3, least: 1, largest: 2, mean: 1.5),
        ValueWindows.Window(end: 6, least: 1.25, largest: 1.25, mean: 1.25),
        ValueWindows.Window(end: 7, least: 4, largest: 4, mean: 4),
      ])
    #expect(windows.all[0].range == 1 && windows.all[0].spike == 0.5)
    // What comes behind the end is of no window.
    windows.add(9, update: 7)
    #expect(windows.all.count == 3)
  }

  @Test func `an unfinished window is recorded up to its last update`() {
    let windows = ValueWindows(length: 4, updates: 8)
    #expect(windows.all.isEmpty)
    for update in 0..<5 { windows.add(1, update: update) }
    #expect(windows.all.map(\.end) == [4, 5])
  }

  @Test func `its state holds all that it goes on with`() {
    let (whole, half, rest) = (
      ValueWindows(length: 4, updates: 10), ValueWindows(length: 4, updates: 10),
      ValueWindows(length: 4, updates: 10)
    )
    let values = (0..<10).map { 1.3 + 0.1 * Double($0 * 7 % 5) }
    for (update, value) in values.enumerated() {
      whole.add(value, update: update)
      if update < 6 { half.add(value, update: update) }
    }
    let (from, to) = (half.state, rest.state)
    for (a, b) in zip(from.arrays, to.arrays) { _ = b.values.update(from: a.values) }
    for (a, b) in zip(from.numbers, to.numbers) { b.value = a.value }
    for update in 6..<10 { rest.add(values[update], update: update) }
    #expect(rest.all == whole.all)
    withExtendedLifetime((whole, half, rest)) {}
  }
}
