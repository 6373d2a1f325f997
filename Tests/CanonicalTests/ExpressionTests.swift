import Testing

@testable import Canonical

@Suite struct ExpressionTests {
  @Test(
    arguments: [
      ("1/256", 1.0 / 256), ("0.3/sqrt(n)", 0.3 / 10), ("2+3*4", 14.0), ("(2+3)*4", 20.0),
      ("8/4/2", 1.0), ("2 - 3 - 4", -5.0), ("--2", 2.0), ("-sqrt(4)", -2.0), ("1e-3*n", 0.1),
      (" 1 ", 1.0), ("-(1+1)*-n", 200.0),
    ])
  func values(text: String, value: Double) throws {
    #expect(try Expression.evaluate(text, variables: ["n": 100]).get() == value)
  }

  @Test(
    arguments: [
      ("", "the expression \"\" ends too early"),
      ("1+", "the expression \"1+\" ends too early"),
      ("1 2", "unexpected \"2\" in the expression \"1 2\""),
      ("(1", "the expression \"(1\" ends too early"),
      ("1..2", "unexpected \"1\" in the expression \"1..2\""),
      ("m", "unknown name \"m\" in \"m\" (known: n, sqrt(…))"),
      ("sqrt 2", "unexpected \"2\" in the expression \"sqrt 2\""),
      ("1/0", "\"1/0\" has no finite value"),
      ("sqrt(-1)", "\"sqrt(-1)\" has no finite value"),
      ("n;", "unexpected \";\" in the expression \"n;\""),
    ])
  func problems(text: String, message: String) {
    #expect(
      Expression.evaluate(text, variables: ["n": 100]) == .failure(.init(message: message)))
  }

  @Test(arguments: ["(", "-", "sqrt("])
  func deepNestingIsAnErrorNotAnOverflow(piece: String) {
    let text = String(repeating: piece, count: 1_000_000) + "1"
    #expect(
      Expression.evaluate(text)
        == .failure(.init(message: "an expression is nested more than 64 deep"))
    )
  }

  @Test func `nesting up to the limit is read`() throws {
    let depth = Expression.depthLimit - 1
    let text = String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
    #expect(try Expression.evaluate(text).get() == 1)
    let sum = "1" + String(repeating: "+1", count: 10_000)
    #expect(try Expression.evaluate(sum).get() == 10_001)
  }
}
