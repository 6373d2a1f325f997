import Model
import Testing

@testable import Engine

@Suite struct SparsityTests {
  @Test func `exact zeros count, small numbers do not, and biases are part of all`() {
    let owners = [
      OwnedParameter("w", [0, 1e-30, -0.0, 2]), OwnedParameter("b", [0, 1], role: .bias),
    ]
    withExtendedLifetime(owners) {
      let parameters = owners.map(\.parameter)
      #expect(Sparsity(of: parameters).zeros == 3)
      #expect(Sparsity(of: parameters).fraction == 0.5)
      #expect(Sparsity(of: parameters).count == 6)
    }
    #expect(Sparsity(of: []).fraction == 0)
  }
}
