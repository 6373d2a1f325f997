import Testing

@Suite struct NetworksTests {
  @Test func listsEveryNetworkWithItsSize() throws {
    let outcome = try Sandbox().regbench("networks")
    #expect(outcome.status == 0)
    #expect(
      outcome.stdout == """
        network    input  parameters  multiply-adds
        lenet    1×28×28     431,080      2,293,000
        mlp      1×28×28   3,256,330      3,252,224

        """)
    #expect(outcome.stderr == "")
  }

  @Test func anUnknownNetworkGetsASuggestion() throws {
    let outcome = try Sandbox().regbench("networks", "lent")
    #expect(outcome.status == 64)
    #expect(
      outcome.stderr == """
        regbench: error: unknown network "lent"
        did you mean "lenet"? known: lenet, mlp

        """)
  }
}
