import Testing

@Suite struct DataTests {
  private static let config = TinyStudy.config()
    .replacing(
      "\"name\": \"synthetic\", \"validation\": 40,",
      with: "\"name\": \"mnist\", \"validation\": 40"
    )
    .replacing(
      "    \"synthetic\": {\"height\": 8, \"width\": 8, \"classes\": 3, \"training\": 160, \"test\": 60}\n",
      with: "")

  @Test func missingDataSaysWhereToGetThem() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.config, "digits.json")
    let outcome = try sandbox.regbench("run", "digits.json", "--offline")
    #expect(outcome.status == 66)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.contains("train-images-idx3-ubyte"))
    #expect(outcome.stderr.contains("curl"))
  }

  @Test func aDamagedFileIsNamedWithAnOffset() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.config, "digits.json")
    for name in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
      try sandbox.write("<html>404</html>\n", "data/mnist/\(name)-ubyte.gz")
    }
    let outcome = try sandbox.regbench("run", "digits.json", "--offline")
    #expect(outcome.status == 65)
    #expect(outcome.stderr.contains("data/mnist/train-images-idx3-ubyte.gz"))
    #expect(outcome.stderr.contains("byte 0"))
  }

  @Test func whatIsEmbeddedNeedsNoFolder() throws {
    let outcome = try Sandbox().regbench("data", "path", "mnist-5k")
    #expect(outcome.stdout == "embedded\n")
    #expect(outcome.status == 0)
  }

  @Test func theListNamesEveryDataSetWithItsLicence() throws {
    let outcome = try Sandbox().regbench("data", "list")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("mnist-5k\n"))
    #expect(outcome.stdout.contains("not found"))
    #expect(outcome.stdout.split(separator: "\n").count { $0.hasPrefix("  licence: ") } == 2)
  }
}
