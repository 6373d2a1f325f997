import Canonical

/// What a study computes that trains nothing: a formula of a paper, drawn over a range.
package struct TheorySpec: Configurable, Hashable {
  /// The formulas by their names in configs.
  package enum Name: String, CaseIterable, Sendable {
    /// The weight of an input where Shakeout reverses or enhances it, against the weight (Shakeout,
    /// Fig. 1).
    case effectiveWeight
    /// What masks add to the expected loss, against one weight (Shakeout, Fig. 2).
    case regularizerCurve
    /// The same by equation 7 over two weights (Shakeout, Fig. 3).
    case regularizerContour
    /// Var(evaluation)/Var(training) of Drop-Activation for an input from N(0, 1) (its equation 15).
    case shiftRatio
  }

  /// Weights from −`reach` to `reach`; 0 is one of them, because their number is odd.
  package struct WeightGrid: Hashable, Sendable {
    /// The largest weight.
    package var reach = 10.0
    /// How many.
    package var points = 201

    /// The weights in ascending order.
    package var weights: [Double] {
      let middle = points / 2
      return (0..<points).map { reach * Double($0 - middle) / Double(max(1, middle)) }
    }
  }

  package var name: Name
  package var grid = WeightGrid()
  package var model = GeneralizedLinearModel.logistic
  /// Of the curve.
  package var input = 1.0
  /// Of the contour.
  package var input1 = 1.0
  package var input2 = 1.0
  /// Random numbers that the ratio is measured on; nil computes it by its formula.
  package var samples: Int?

  package static let blank = TheorySpec(name: .effectiveWeight)
  package static let fields: [Field<TheorySpec>] = [
    .choice("name", \.name, .required, "the formula, one of the figures that are computed"),
    .choice(
      "model", \.model, .optional, "the model whose loss the regularizer is added to"
    ).when { [.regularizerCurve, .regularizerContour].contains($0.name) },
    .number("input", \.input, in: inputs, .optional, "the input of the one weight")
      .when { $0.name == .regularizerCurve },
    .number("input1", \.input1, in: inputs, .optional, "the input of the first weight")
      .when { $0.name == .regularizerContour },
    .number("input2", \.input2, in: inputs, .optional, "the input of the second weight")
      .when { $0.name == .regularizerContour },
    .number(
      "reach", \.grid.reach, in: 1e-6...1e6, .optional, "the grid goes from minus this to this"
    )
    .when { $0.name != .shiftRatio },
    .whole(
      "points", \.grid.points, in: 3...10_001, usual: { $0.name == .regularizerContour ? 41 : 201 },
      "points of the grid along one weight, an odd number: 201 unless said otherwise, 41 of a contour"
    ).when { $0.name != .shiftRatio },
    .whole(
      "samples", \.samples, in: 1000...1_000_000_000,
      "random numbers to measure with; the formula alone without them"
    ).when { $0.name == .shiftRatio },
  ]

  private static let inputs = -1e6...1e6

  package func check(_ reader: ObjectReader) {
    if grid.points % 2 == 0 {
      reader.report("an odd number of points has the weight 0 among them", key: "points")
    }
  }

  /// The network that the formula is about: a linear layer of the weights, or one activation.
  package var network: NetworkSpec {
    switch name {
    case .effectiveWeight, .regularizerCurve: Self.linear(inputs: 1)
    case .regularizerContour: Self.linear(inputs: 2)
    case .shiftRatio:
      NetworkSpec(
        name: "activation", input: FeatureShape(vector: 1000), layers: [.relu("relu1")],
        output: .values)
    }
  }

  private static func linear(inputs: Int) -> NetworkSpec {
    NetworkSpec(
      name: "linear model", input: FeatureShape(vector: inputs), layers: [.dense("fc1", 1)],
      output: .values)
  }
}

extension TheorySpec {
  /// τ and c of Dropout or Shakeout; 0 without either.
  package static func shakeout(_ regularizers: [any Regularizer]) -> (drop: Double, c: Double) {
    for regularizer in regularizers {
      if let dropout = regularizer as? Dropout { return (dropout.drop, 0) }
      if let shakeout = regularizer as? Shakeout { return (shakeout.drop, shakeout.c) }
    }
    return (0, 0)
  }

  /// Which regularizer the formula is not about, with a sentence that says so; nil if all is well.
  package func conflict(_ regularizers: [any Regularizer]) -> RegularizerConflict? {
    let known: [any Regularizer.Type] =
      name == .shiftRatio ? [DropActivation.self] : [Dropout.self, Shakeout.self]
    let names = known.map { "\"\($0.name)\"" }.joined(separator: " or ")
    for regularizer in regularizers {
      let own = type(of: regularizer).name
      if !known.contains(where: { $0.name == own }) {
        return RegularizerConflict(own, "\"\(name.rawValue)\" is about \(names)")
      }
    }
    guard regularizers.count > 1 || name == .shiftRatio && regularizers.isEmpty else { return nil }
    return RegularizerConflict(
      regularizers.last.map { type(of: $0).name } ?? name.rawValue,
      regularizers.isEmpty ? "needs \(names)" : "\"\(name.rawValue)\" takes one of \(names)")
  }
}
