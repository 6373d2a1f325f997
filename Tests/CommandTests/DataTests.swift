import Durable
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

  @Test func `missing data are reported with where to get them`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.config, "digits.json")
    let outcome = try sandbox.regbench("run", "digits.json", "--offline")
    #expect(outcome.status == 66)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.contains("train-images-idx3-ubyte"))
    #expect(outcome.stderr.contains("curl"))
  }

  @Test func `a damaged file is named with an offset`() throws {
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

  @Test func `the embedded data set needs no folder`() throws {
    let outcome = try Sandbox().regbench("data", "path", "mnist-5k")
    #expect(outcome.stdout == "embedded\n")
    #expect(outcome.status == 0)
  }

  @Test func `the list names every data set with its licence`() throws {
    let outcome = try Sandbox().regbench("data", "list")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("mnist-5k\n"))
    #expect(outcome.stdout.contains("not found"))
    #expect(outcome.stdout.split(separator: "\n").count { $0.hasPrefix("  licence: ") } == 13)
    #expect(outcome.stdout.contains("download: 170 MB from https://www.cs.toronto.edu/~kriz/"))
  }

  @Test func `a file is inspected and shown`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(String(repeating: "\u{3}", count: 2 * 3073), "batch.bin")
    let text = try sandbox.regbench("data", "inspect", "batch.bin", "--png", "2")
    #expect(text.status == 0)
    #expect(text.stdout.contains("format: CIFAR binary\n"))
    #expect(text.stdout.contains("images: unsigned bytes, 2×3×32×32\n"))
    #expect(text.stdout.contains("  labels 3: 2\n"))
    #expect(text.stderr == "wrote batch.bin.png (2 images)\n")
    let json = try sandbox.regbench("data", "inspect", "batch.bin", "--json")
    #expect(json.stdout.contains("\"histogram\""))
    let none = try sandbox.regbench("data", "inspect", "none")
    #expect(none.status == 66)
    try sandbox.write("no data", "text")
    let unknown = try sandbox.regbench("data", "inspect", "text")
    #expect(unknown.status == 65)
    #expect(unknown.stderr.contains("MAT 5, NPY, NPZ, PNG, and tar"))
  }

  @Test(
    .enabled("the folder of Fashion-MNIST is not installed") {
      FileContents.exists("/usr/share/datasets/fashion-mnist")
    })
  func `files of a published data set are known for it`() throws {
    let outcome = try Sandbox().regbench(
      "data", "inspect", "/usr/share/datasets/fashion-mnist")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stdout.contains("verified: yes, they are fashion-mnist as it is published\n"))
  }

  @Test func `verify tells damage from absence`() throws {
    let sandbox = try Sandbox()
    let missing = try sandbox.regbench("data", "verify", "cifar10")
    #expect(missing.status == 66)
    #expect(missing.stdout == "cifar10: not found\n")
    try sandbox.write("<html>", "data/cifar-10-binary.tar.gz")
    let damaged = try sandbox.regbench("data", "verify")
    #expect(damaged.status == 65)
    #expect(damaged.stdout.contains("cifar10: damaged: data/cifar-10-binary.tar.gz: byte 0"))
    #expect(try sandbox.regbench("data", "verify", "cifar11").status == 64)
  }
}

/// Names of files are bytes; regbench takes those that are text.
@Suite struct NamesThatAreNoTextTests {
  @Test(arguments: ["run study$BAD.json", "run tiny.json --out o$BAD", "data inspect d$BAD"])
  func `an argument that is no UTF-8 is refused and names no other file`(call: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let outcome = try sandbox.shell("BAD=$(printf '\\377'); '\(Sandbox.program)' \(call); ")
    #expect(outcome.status == 64, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("is not UTF-8"))
    // The home folder is there from the start.
    #expect(try sandbox.shell("ls | grep -v tiny.json").stdout == "home\n")
  }

  @Test func `a file of a data set whose name is no UTF-8 is named with what to do`() throws {
    let sandbox = try Sandbox()
    let made = try sandbox.shell(
      "mkdir -p p/train/a p/test/a && : > p/train/a/$(printf '\\377').png && : > p/test/a/0.png")
    #expect(made.status == 0)
    let outcome = try sandbox.regbench("data", "inspect", "p")
    #expect(outcome.status == 66, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("bytes that are no UTF-8"), "\(outcome.stderr)")
  }

  @Test func `a working directory whose name is not UTF-8 works`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 4, trials: 1), "tiny.json")
    let outcome = try sandbox.shell(
      "d=$(printf 'd\\377'); mkdir $d && cp tiny.json $d && cd $d && '\(Sandbox.program)' run tiny.json"
    )
    #expect(outcome.status == 0, "\(outcome.stderr)")
  }
}
