import Canonical

/// The two blocks of residual networks (He et al. 2016).
package enum ResidualBlock: String, CaseIterable, Sendable {
  /// Two 3×3 convolutions.
  case basic
  /// 1×1, 3×3 and 1×1 convolutions, the last with four times the channels.
  case bottleneck

  /// Output channels in relation to the block's width.
  var expansion: Int { self == .basic ? 1 : 4 }
  /// Layers in one block of each of three stages.
  var layers: Int { self == .basic ? 6 : 9 }
  /// Depths at which it exists.
  var rule: String { "\(layers)n + 2" }

  /// Whether three stages of these blocks, stem and classifier can have this depth.
  func fits(_ depth: Int) -> Bool { depth > 2 && (depth - 2) % layers == 0 }

  /// The block of the published network of a depth: bottlenecks from 164 on, where the depth allows
  /// them, otherwise basic blocks where it allows those; nil where neither fits.
  static func usual(depth: Int) -> ResidualBlock? {
    if depth >= 164, bottleneck.fits(depth) { return .bottleneck }
    return basic.fits(depth) ? .basic : bottleneck.fits(depth) ? .bottleneck : nil
  }

  /// Reads `block` and the depth, which must fit each other.
  static func read(_ reader: FamilyReader) -> (block: ResidualBlock, depth: Int) {
    let chosen: ResidualBlock? =
      reader.object.has("block") ? reader.object.choice("block") as ResidualBlock : nil
    let depth = reader.depth(
      rule: chosen?.rule ?? "6n + 2 (basic blocks) or 9n + 2 (bottlenecks)", in: 8...2000
    ) { depth in
      chosen?.fits(depth) ?? (usual(depth: depth) != nil)
    }
    return (chosen ?? usual(depth: depth) ?? .basic, depth)
  }
}

extension Field where Owner: NetworkFamily {
  /// `block` and the depth, which must fit each other.
  static func residualBlock(_ block: Path<ResidualBlock>, depth: Path<Int>) -> Field {
    let blocks = ResidualBlock.allCases.map(\.rawValue)
    return Field([
      ConfigKey(
        "depth", .optional, FamilyReader.depthMeaning, schema: Schema.integer(1...1_000_000)),
      ConfigKey("block", .optional, "the kind of block", schema: Schema.choice(blocks)),
    ]) { reader, owner in
      (owner[keyPath: block], owner[keyPath: depth]) = ResidualBlock.read(FamilyReader(reader))
      return true
    } write: {
      [.init("block", .string($0[keyPath: block].rawValue))]
    }.followingOthers()
  }
}
