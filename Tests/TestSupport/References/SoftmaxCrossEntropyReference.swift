#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Softmax cross-entropy in Double.
package enum SoftmaxCrossEntropyReference {
  /// softmax of each row.
  package static func probabilities(_ logits: ReferenceMatrix) -> ReferenceMatrix {
    var p = logits
    for n in 0..<p.rows {
      let row = (0..<p.columns).map { logits[n, $0] }
      let largest = row.max() ?? 0
      let terms = row.map { exp($0 - largest) }
      let sum = terms.reduce(0, +)
      for k in 0..<p.columns { p[n, k] = terms[k] / sum }
    }
    return p
  }

  /// The sum of −ln p_label over the rows.
  package static func lossSum(_ logits: ReferenceMatrix, labels: [Int]) -> Double {
    let p = probabilities(logits)
    return labels.enumerated().reduce(0) { $0 - log(p[$1.offset, $1.element]) }
  }

  /// The gradient of the mean loss with respect to the logits.
  package static func gradient(_ logits: ReferenceMatrix, labels: [Int]) -> ReferenceMatrix {
    var g = probabilities(logits)
    for (n, label) in labels.enumerated() { g[n, label] -= 1 }
    return g.map { $0 / Double(labels.count) }
  }
}
