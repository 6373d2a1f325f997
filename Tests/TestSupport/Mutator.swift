import Model

/// Damages files in the ways that disks, networks and fools do: reproducible, from a seed.
package struct Mutator {
  /// How many mutants a reader meets; debug builds are some thirty times slower.
  package static let attempts = isDebugBuild ? 5_000 : 200_000

  #if DEBUG
    private static let isDebugBuild = true
  #else
    private static let isDebugBuild = false
  #endif

  private let stream: RandomStream
  private var count: UInt64 = 0

  /// Damages in the order that the seed gives.
  package init(seed: UInt32) {
    stream = RandomRoot(seed: seed, trial: 0).stream(.synthesis, "mutation")
  }

  /// A damaged copy: bits flipped, bytes changed, cut, repeated, removed or inserted.
  package mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    count += 1
    let times = 1 + Int(stream.block(position: count, index: 0)[0] % 3)
    for time in 1...times {
      let draw = stream.block(position: count, index: UInt32(time))
      guard !result.isEmpty else { return [UInt8(truncatingIfNeeded: draw[3])] }
      let place = Int(draw[1]) % result.count
      let length = 1 + Int(draw[2] % 8)
      let value = UInt8(truncatingIfNeeded: draw[3])
      let end = min(place + length, result.count)
      switch draw[0] % 7 {
      case 0: result[place] ^= 1 << (value & 7)
      case 1: result[place] = value
      case 2: result.removeSubrange(place...)
      case 3: result.removeSubrange(place..<end)
      case 4: result.insert(contentsOf: repeatElement(value, count: length), at: place)
      case 5: result.insert(contentsOf: result[place..<end], at: place)
      // Numbers in headers: the extremes find the most.
      default: for index in place..<end { result[index] = value & 1 == 0 ? 0xFF : 0 }
      }
    }
    return result
  }
}
