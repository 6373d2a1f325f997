import Model

/// Adds the parameters' gradients of several backward passes up: backward passes overwrite, so what
/// an earlier one found is kept aside and added to the next.
final class GradientSum {
  private let kept: [UnsafeMutableBufferPointer<Float>]
  private let keepRegions: [Region]
  private let addRegions: [Region]
  private let network: Network

  /// For the parameters of a network.
  init(_ network: Network) {
    self.network = network
    let kept = network.parameters.map { parameter in
      let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: parameter.gradient.count)
      values.initialize(repeating: 0)
      return values
    }
    self.kept = kept
    let blocks = ParameterBlock.blocks(of: network.parameters)
    func regions(
      _ work:
        @escaping (
          _ gradient: UnsafeMutablePointer<Float>, _ kept: UnsafeMutablePointer<Float>, Int
        ) -> Void
    ) -> [Region] {
      network.regions(of: [
        Stage(.blocks(blocks.count)) { part, _ in
          let block = blocks[part.index]
          guard let base = kept[block.parameter].baseAddress else { return }
          work(block.gradient, base + block.start, block.count)
        }
      ])
    }
    keepRegions = regions { gradient, kept, count in kept.update(from: gradient, count: count) }
    addRegions = regions { gradient, kept, count in
      for index in 0..<count { gradient[index] += kept[index] }
    }
  }

  deinit { for values in kept { values.deallocate() } }

  /// Keeps the gradients of the last backward pass.
  func keep() { network.run(keepRegions) }

  /// Adds what was kept to the gradients of the last backward pass.
  func add() { network.run(addRegions) }
}
