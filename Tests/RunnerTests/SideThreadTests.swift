import Testing

@testable import Runner

@Suite struct SideThreadTests {
  private final class Diary: @unchecked Sendable {
    var numbers: [Int] = []
  }

  @Test func `does one piece after the other`() throws {
    let diary = Diary()
    let thread = try #require(SideThread { diary.numbers.append($0) })
    thread.wait()
    for number in 0..<1000 {
      thread.start(number)
      thread.wait()
    }
    #expect(diary.numbers == Array(0..<1000))
  }

  @Test func `the thread ends with its owner in the middle of a piece`() throws {
    let diary = Diary()
    for number in 0..<100 {
      let thread = try #require(SideThread { diary.numbers.append($0) })
      if number % 2 == 0 { thread.start(number) }
    }
    // A piece that was not begun when the owner went may be left out, but none is done twice.
    #expect(diary.numbers == diary.numbers.sorted())
    #expect(Set(diary.numbers).isSubset(of: Set(stride(from: 0, to: 100, by: 2))))
  }
}
