/// One learned array of a layer.
package struct ParameterSpec: Hashable, Sendable {
  /// What the array is for; weight decay, initialisation and regularizers depend on it.
  package enum Role: String, Sendable {
    /// Filters or matrix of a linear layer.
    case weight
    /// The additive term of a linear layer.
    case bias
    /// The factor of a normalized channel; starts at 1.
    case gain
    /// The additive term of a normalized channel; starts at 0.
    case shift
  }

  /// The full name, for example `conv1.weight`.
  package var name: String
  /// What it is for.
  package var role: Role
  /// The shape in the order that PyTorch uses: `[out, in / groups, kernelHeight, kernelWidth]` for
  /// convolutions, `[in, out, kernelHeight, kernelWidth]` for transposed ones, `[out, in]` or
  /// `[out]`. In memory the second axis of filters lies last (`[out, kernelHeight, kernelWidth, in]`,
  /// transposed `[in, kernelHeight, kernelWidth, out]`), and the matrix of a dense layer that reads a
  /// map, or whose output is reshaped to one, has that side in the map's own order (channels last).
  package var shape: [Int]
  /// Inputs of one output: weights per output.
  package var fanIn: Int
  /// Outputs that one input feeds: kernel positions × output channels.
  package var fanOut: Int
  /// The layer's own initialiser; nil leaves the choice to the training recipe.
  package var initializer: Initializer?

  package init(
    name: String, role: Role, shape: [Int], fanIn: Int, fanOut: Int, initializer: Initializer?
  ) {
    self.name = name
    self.role = role
    self.shape = shape
    self.fanIn = fanIn
    self.fanOut = fanOut
    self.initializer = initializer
  }

  /// How many numbers it holds.
  package var count: Int { shape.reduce(1, *) }
}

/// An array that a layer measures in training and uses in evaluation. It is no parameter: no
/// gradient reaches it, no optimizer and no penalty sees it, and no count includes it.
package struct StatisticSpec: Hashable, Sendable {
  /// The full name as PyTorch's state dictionaries have it, for example `bn1.running_mean`.
  package var name: String
  package var shape: [Int]
  /// Every element's value before training.
  package var start: Double

  package init(name: String, shape: [Int], start: Double) {
    self.name = name
    self.shape = shape
    self.start = start
  }

  /// How many numbers it holds.
  package var count: Int { shape.reduce(1, *) }
}
