import Model

/// How many numbers of a network are exactly 0 (Park, Ho, Chang, section 3): no number is taken for 0
/// because it is small.
package struct Sparsity: Equatable, Sendable {
  /// Weights, biases, gains and shifts that are exactly 0.
  package var zeros: Int
  /// All of them.
  package var count: Int

  /// Counts the numbers of some parameters.
  package init(of parameters: [Parameter]) {
    zeros = parameters.reduce(0) { $0 + $1.values.count { $0 == 0 } }
    count = parameters.reduce(0) { $0 + $1.values.count }
  }

  /// Zeros in relation to all numbers; 0 where there are none.
  package var fraction: Double { count > 0 ? Double(zeros) / Double(count) : 0 }
}
