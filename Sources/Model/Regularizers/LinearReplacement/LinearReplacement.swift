/// What takes the place of a linear layer's plain product in training.
package enum LinearReplacement: Hashable, Sendable {
  /// Shakeout's reverse-or-enhance product.
  case shakeout(Shakeout)
  /// A product with masked weights.
  case dropConnect(DropConnect)
}
