import Testing

@testable import Model

@Suite struct RandomStreamTests {
  private let root = RandomRoot(seed: 1, trial: 1)

  @Test func `the same key and counter give the same bits`() {
    let a = root.stream(.mask, "fc2.input")
    let b = RandomRoot(seed: 1, trial: 1).stream(.mask, "fc2.input")
    #expect(a == b)
    #expect(a.block(position: 12, index: 34) == b.block(position: 12, index: 34))
  }

  @Test func `every part of an address matters`() {
    let block = root.stream(.mask, "fc2.input").block(position: 12, index: 34)
    let others = [
      RandomRoot(seed: 2, trial: 1).stream(.mask, "fc2.input").block(position: 12, index: 34),
      RandomRoot(seed: 1, trial: 2).stream(.mask, "fc2.input").block(position: 12, index: 34),
      root.stream(.weights, "fc2.input").block(position: 12, index: 34),
      root.stream(.mask, "fc1.input").block(position: 12, index: 34),
      root.stream(.mask, "fc2.input").block(position: 13, index: 34),
      root.stream(.mask, "fc2.input").block(position: 12 + 1 << 32, index: 34),
      root.stream(.mask, "fc2.input").block(position: 12, index: 35),
    ]
    for other in others { #expect(other != block) }
  }

  @Test func `the counter holds index, position and domain`() {
    let stream = RandomStream(key: SIMD2(5, 6), domain: 7)
    #expect(
      stream.counter(position: 0x0123_4567_89AB_CDEF, index: 9)
        == SIMD4(9, 0x89AB_CDEF, 0x0123_4567, 7))
  }

  @Test func `no two uses of random numbers share a domain`() {
    let sites = (1...200).flatMap { ["fc\($0)", "conv\($0)"] }
    let places =
      sites.flatMap { ["\($0).input", "\($0).weight", "\($0).bias"] }
      + ["mnist", "mnist-5k", "synthetic", "training", "test", "validation", "split", "order"]
    var owners: [UInt32: String] = [:]
    for purpose in RandomPurpose.allCases {
      for place in places {
        let domain = root.stream(purpose, place).domain
        let name = "\(purpose.rawValue)/\(place)"
        #expect(owners[domain] == nil, "\(name) and \(owners[domain] ?? "")")
        owners[domain] = name
      }
    }
  }

  @Test func `the hash is FNV-1a`() {
    #expect(RandomStream.hash("") == 0x811C_9DC5)
    #expect(RandomStream.hash("a") == 0xE40C_292C)
    #expect(RandomStream.hash("foobar") == 0xBF9C_F968)
  }

  @Test func `uniform numbers are multiples of 2⁻²⁴ in [0, 1)`() {
    #expect(RandomBits.uniform(0) == 0)
    #expect(RandomBits.uniform(255) == 0)
    #expect(RandomBits.uniform(256) == 0x1p-24)
    #expect(RandomBits.uniform(.max) == 1 - 0x1p-24)
    #expect(RandomBits.uniform(0x8000_0000) == 0.5)
  }

  @Test func `a threshold is the probability in units of 2⁻³²`() {
    #expect(RandomBits.threshold(0) == 0)
    #expect(RandomBits.threshold(0.5) == 0x8000_0000)
    #expect(RandomBits.threshold(0.25) == 0x4000_0000)
    #expect(RandomBits.threshold(1) == .max)
    #expect(RandomBits.threshold(-1) == 0)
  }
}
