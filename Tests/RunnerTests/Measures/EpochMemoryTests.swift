import Engine
import Testing

@testable import Runner

@Suite struct EpochMemoryTests {
  @Test func `numbers survive as floats`() {
    let memory = EpochMemory(epochs: 3, numbers: 2)
    let numbers = [1.0 / 3, -0.0, .infinity, 1e-310, .nan, 5e300]
    for index in numbers.indices { memory[index / 2, index % 2] = numbers[index] }
    let other = EpochMemory(epochs: 3, numbers: 2)
    #expect(other[2, 1] == 0)
    _ = other.named("b").values.update(from: memory.named("a").values)
    for index in numbers.indices {
      #expect(other[index / 2, index % 2].bitPattern == numbers[index].bitPattern)
    }
    #expect(memory.named("a").name == "a" && memory.named("a").values.count == 12)
  }
}
