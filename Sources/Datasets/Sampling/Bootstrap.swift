import Model

/// Bootstrap samples of training images.
package enum Bootstrap {
  /// As many draws with replacement as there are images.
  /// - Parameters:
  ///   - images: at least one.
  ///   - member: the number of the sample.
  package static func sample(_ images: [Int], root: RandomRoot, member: Int) -> [Int] {
    let stream = root.stream(.bootstrap, "training")
    return images.indices.map { index in
      let words = stream.block(position: UInt64(member), index: UInt32(index))
      return images[Int(Permutation.uniform(below: UInt32(images.count), words))]
    }
  }
}
