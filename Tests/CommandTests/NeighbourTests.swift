import Durable
import Testing

/// Runs that another result folder of the study has.
@Suite struct NeighbourTests {
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
    return sandbox
  }

  @Test func `runs finished under --only, --set or another --out are taken over`() throws {
    let sandbox = try sandbox()
    for (options, count) in [
      (["--only", "n=60"], 4), (["--set", "title=Same"], 8), (["--out", "elsewhere"], 8),
    ] {
      let outcome = try sandbox.start(["run", "tiny.json"] + options).wait()
      #expect(outcome.status == 0, "\(outcome.stderr)")
      #expect(
        outcome.stderr.contains("took \(count) finished runs from results/tiny/full"),
        "\(outcome.stderr)")
      #expect(outcome.stderr.contains("nothing to train: all \(count) runs of "))
    }
    // The same rows, digests included, and the same table.
    #expect(try sandbox.bytes("elsewhere/runs.csv") == sandbox.bytes("results/tiny/full/runs.csv"))
    #expect(
      try sandbox.bytes("elsewhere/table.csv") == sandbox.bytes("results/tiny/full/table.csv"))
    // Taken once, they are there.
    let again = try sandbox.regbench("run", "tiny.json", "--out", "elsewhere")
    #expect(!again.stderr.contains("took"), "\(again.stderr)")
    #expect(again.stderr.contains("nothing to train"))
  }

  @Test func `only the missing runs are trained`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.regbench("run", "tiny.json", "--trials", "2", "--quiet")
    #expect(outcome.status == 0)
    let more = try sandbox.regbench("run", "tiny.json", "--trials", "3")
    #expect(more.stderr.contains("took "), "\(more.stderr)")
    #expect(more.stderr.contains("4 runs are missing (12 done)"), "\(more.stderr)")
  }

  @Test func `fresh takes nothing and damaged rows are not taken`() throws {
    let sandbox = try sandbox()
    let fresh = try sandbox.regbench("run", "tiny.json", "--only", "n=60", "--fresh")
    #expect(!fresh.stderr.contains("took"), "\(fresh.stderr)")
    #expect(fresh.stderr.contains("4 runs are missing"))
    let path = "results/tiny/full/runs.csv"
    var rows = try sandbox.text(path).split(separator: "\n", omittingEmptySubsequences: false)
    let last = try #require(rows.lastIndex { !$0.isEmpty })
    let digest = try #require(rows[last].split(separator: ",").last)
    rows[last] = Substring(rows[last].replacing(digest, with: String(digest.reversed())))
    try sandbox.write(rows.joined(separator: "\n"), path)
    try Folder.remove(sandbox.folder.file("runs/tiny/full"))
    let damaged = try sandbox.regbench("run", "tiny.json", "--only", "n=120")
    #expect(damaged.status == 0, "\(damaged.stderr)")
    #expect(damaged.stderr.contains("took 3 finished runs from results/tiny/full"))
    #expect(damaged.stderr.contains("1 run is missing"), "\(damaged.stderr)")
  }
}
