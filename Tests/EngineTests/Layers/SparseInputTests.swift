import TestSupport
import Testing

@testable import Engine

/// What is left out of a product must not show in its bits.
@Suite struct SparseInputTests {
  private let shape = DenseShape(inputs: 603, outputs: 83, relu: false)
  private let count = 25
  private let capacity = 31

  @Test(arguments: [0, 0.2, 0.8, 0.97, 1])
  func `products without the zeros have the bits of the whole ones`(zeros: Double) {
    let arena = Arena()
    func numbers(_ count: Int, _ name: String) -> UnsafeMutablePointer<Float> {
      let array = arena.floats(count)
      for (index, number) in TestNumbers.uniform(count, name).enumerated() {
        array[index] = Float(number)
      }
      return array
    }
    let (x, places) = (numbers(capacity * 603, "x"), numbers(capacity * 603, "zeros"))
    // 0 and −0.
    for index in 0..<capacity * 603 where Double(abs(places[index])) < zeros { x[index] *= 0 }
    let memory = DenseMemory(
      x: x, y: arena.floats(capacity * 83), dx: nil, dy: numbers(capacity * 83, "dy"),
      w: numbers(83 * 603, "w"), dw: arena.floats(83 * 603), b: nil, db: nil)
    let sparse = SparseInput(shape, x: x, capacity: capacity, arena: arena)
    // All outputs are computed as one part.
    let scratch = arena.floats(max(DenseShape.depth * 24, capacity * 88))
    let pass = Pass()
    pass.count = count
    let threadScratch = ThreadScratch()
    threadScratch.reserve(0, threads: 1, from: arena)
    let pool = ThreadPool(threads: 1)
    let regions = Region.regions(
      of: [sparse.preparation, sparse.backwardPreparation], lanes: LanePlan(capacity: capacity),
      pass: pass, scratch: threadScratch)
    for region in regions { pool.run(region.parts, region) }
    #expect(sparse.isInUse == (zeros > 0.5))
    guard sparse.isInUse else { return }
    denseForward(shape, memory, sparse: sparse, count: count, outputs: 0..<83, panel: scratch)
    let output = (0..<count * 83).map { memory.y[$0] }
    denseForward(shape, memory, count: count, outputs: 0..<83, panel: scratch)
    #expect(output == (0..<count * 83).map { memory.y[$0] })
    sparse.weightGradient(
      memory.dy, stride: 83, count: count, outputs: 83, to: memory.dw, copy: scratch)
    for output in 0..<83 {
      for input in 0..<603 {
        var sum: Float = 0
        for sample in 0..<count {
          sum = sum.addingProduct(memory.dy[sample * 83 + output], x[sample * 603 + input])
        }
        #expect(memory.dw[output * 603 + input] == sum)
      }
    }
  }
}
