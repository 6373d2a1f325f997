import Durable
import Testing

@Suite struct RunTests {
  @Test func `trains once and then says that nothing is left`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let first = try sandbox.regbench("run", "tiny.json")
    #expect(first.status == 0, "\(first.stderr)")
    #expect(first.stderr.contains("12 runs are missing"))
    #expect(!first.stderr.contains("\u{1B}"))
    #expect(first.stderr.split(separator: "\n").count { $0.dropFirst(8).hasPrefix(" [") } == 12)

    let folder = "results/tiny/full"
    let table = try sandbox.bytes("\(folder)/table.csv")
    let second = try sandbox.regbench("run", "tiny.json")
    #expect(second.status == 0)
    #expect(second.stdout == first.stdout)
    #expect(second.stderr.contains("nothing to train: all 12 runs of \(folder) are finished"))
    #expect(try sandbox.bytes("\(folder)/table.csv") == table)

    // A stranger with the folder alone gets the same table.
    let printed = try sandbox.regbench("table", folder)
    #expect(printed.stdout == first.stdout)
    #expect(printed.stderr == "")
    #expect(
      try sandbox.regbench("table", folder, "--format", "csv").stdout
        == sandbox.text("\(folder)/table.csv"))
    #expect(
      try sandbox.regbench("table", folder, "--format", "md").stdout
        == sandbox.text("\(folder)/table.md"))
    #expect(
      try sandbox.regbench("table", folder, "--format", "svg").stdout
        == sandbox.text("\(folder)/table.svg"))

    let again = try sandbox.regbench("run", "tiny.json", "--fresh")
    #expect(again.stderr.contains("12 runs are missing"))
    #expect(try sandbox.bytes("\(folder)/table.csv") == table)
  }

  @Test func `the number of jobs and threads changes no byte of the results`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let calls = [["--jobs", "1"], ["--jobs", "2"], ["--jobs", "1", "--threads", "2"]]
    var tables: Set<[UInt8]> = []
    for (index, options) in calls.enumerated() {
      let outcome = try sandbox.start(
        ["run", "tiny.json", "--out", "out\(index)", "--quiet"] + options
      ).wait()
      #expect(outcome.status == 0)
      #expect(outcome.stderr == "")
      tables.insert(try sandbox.bytes("out\(index)/table.csv"))
    }
    #expect(tables.count == 1)
  }

  @Test func `--only and --set write to a result folder of their own`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    #expect(try sandbox.regbench("run", "tiny.json", "--only", "arm=plain,n=60").status == 0)
    #expect(try sandbox.regbench("run", "tiny.json", "--set", "trials=1", "--quiet").status == 0)
    let folders = try Folder.entries(sandbox.folder.file("results/tiny"))
    #expect(folders.count == 2)
    #expect(folders.allSatisfy { $0.hasPrefix("full-") })
  }

  @Test func `with --json standard output is nothing but JSON`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let outcome = try sandbox.regbench("run", "tiny.json", "--json", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.hasPrefix("{\n"))
    #expect(outcome.stdout.hasSuffix("}\n"))
    #expect(outcome.stderr == "")
  }

  @Test func `--out takes one config`() throws {
    let outcome = try Sandbox().regbench("run", "a.json", "b.json", "--out", "c")
    #expect(outcome.status == 64)
    #expect(outcome.stderr.hasPrefix("regbench: error: --out takes one config at a time\n"))
  }
}
