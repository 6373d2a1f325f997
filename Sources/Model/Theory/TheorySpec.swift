import Canonical

/// What a study computes that trains nothing: a formula of a paper, drawn over a range.
package enum TheorySpec: Hashable, Sendable {
  /// The weight of an input where Shakeout reverses or enhances it, against the weight (Shakeout,
  /// Fig. 1).
  case effectiveWeight(WeightGrid)
  /// What masks add to the expected loss, against one weight (Shakeout, Fig. 2).
  case regularizerCurve(GeneralizedLinearModel, input: Double, WeightGrid)
  /// The same by equation 7 over two weights (Shakeout, Fig. 3).
  case regularizerContour(GeneralizedLinearModel, inputs: [Double], WeightGrid)
  /// Var(evaluation)/Var(training) of Drop-Activation for an input from N(0, 1) (its equation 15): by
  /// the formula, or measured on that many numbers.
  case shiftRatio(samples: Int?)

  /// Names in configs.
  package enum Name: String, CaseIterable, Sendable {
    /// Fig. 1 of Shakeout.
    case effectiveWeight
    /// Fig. 2 of Shakeout.
    case regularizerCurve
    /// Fig. 3 of Shakeout.
    case regularizerContour
    /// Equation 15 of Drop-Activation.
    case shiftRatio
  }

  /// Weights from −`reach` to `reach`; 0 is one of them, because their number is odd.
  package struct WeightGrid: Hashable, Sendable {
    /// The largest weight.
    package var reach: Double
    /// How many.
    package var points: Int

    /// A grid of an odd number of weights.
    package init(reach: Double, points: Int) {
      self.reach = reach
      self.points = points
    }

    init(reading reader: ObjectReader, points usual: Int) {
      reach = reader.double("reach", default: 10, in: 1e-6...1e6)
      points = reader.int("points", default: usual, in: 3...10_001)
      if points % 2 == 0 {
        reader.report("an odd number of points has the weight 0 among them", key: "points")
      }
    }

    var members: [JSONValue.Member] {
      [.init("reach", .number(reach)), .init("points", .number(points))]
    }

    /// The weights in ascending order.
    package var weights: [Double] {
      let middle = points / 2
      return (0..<points).map { reach * Double($0 - middle) / Double(max(1, middle)) }
    }
  }

  /// The name in configs.
  package var name: Name {
    switch self {
    case .effectiveWeight: .effectiveWeight
    case .regularizerCurve: .regularizerCurve
    case .regularizerContour: .regularizerContour
    case .shiftRatio: .shiftRatio
    }
  }

  /// Reads the object under `"theory"`: a `name` and what belongs to it.
  package init(reading reader: ObjectReader) {
    let name: Name = reader.choice("name")
    switch name {
    case .effectiveWeight: self = .effectiveWeight(WeightGrid(reading: reader, points: 201))
    case .regularizerCurve:
      self = .regularizerCurve(
        reader.choice("model", default: .logistic), input: Self.input("input", reader),
        WeightGrid(reading: reader, points: 201))
    case .regularizerContour:
      self = .regularizerContour(
        reader.choice("model", default: .logistic),
        inputs: [Self.input("input1", reader), Self.input("input2", reader)],
        WeightGrid(reading: reader, points: 41))
    case .shiftRatio:
      self = .shiftRatio(
        samples: reader.has("samples") ? reader.int("samples", in: 1000...1_000_000_000) : nil)
    }
    reader.finish()
  }

  private static func input(_ key: String, _ reader: ObjectReader) -> Double {
    reader.double(key, default: 1, in: -1e6...1e6)
  }

  package var json: JSONValue {
    var members: [JSONValue.Member] = [.init("name", .string(name.rawValue))]
    switch self {
    case .effectiveWeight(let grid): members += grid.members
    case .regularizerCurve(let model, let input, let grid):
      members += [.init("model", .string(model.rawValue)), .init("input", .number(input))]
      members += grid.members
    case .regularizerContour(let model, let inputs, let grid):
      members.append(.init("model", .string(model.rawValue)))
      for (index, input) in inputs.enumerated() {
        members.append(.init("input\(index + 1)", .number(input)))
      }
      members += grid.members
    case .shiftRatio(let samples):
      if let samples { members.append(.init("samples", .number(samples))) }
    }
    return .object(members)
  }

  /// The network that the formula is about: a linear layer of the weights, or one activation.
  package var network: NetworkSpec {
    switch self {
    case .effectiveWeight, .regularizerCurve: Self.linear(inputs: 1)
    case .regularizerContour(_, let inputs, _): Self.linear(inputs: inputs.count)
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
