import Durable
import Glibc
import TestSupport
import Testing

/// What limits, full disks, links and damaged files do to the built program.
@Suite struct SurroundingsTests {
  /// A sandbox with a study of four short runs.
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(
      TinyStudy.config(iterations: 20, trials: 1)
        .replacing("\"trainSize\": [60, 120]", with: "\"trainSize\": [60]"), "tiny.json")
    return sandbox
  }

  private let result = "results/tiny/full"

  @Test(arguments: ["-v 200000", "-d 50000", "-v 120000"])
  func `commands that do not train work in little address space`(limits: String) throws {
    let sandbox = try sandbox()
    #expect(try sandbox.limited(limits, "--version").status == 0)
    #expect(try sandbox.limited(limits, "check", "tiny.json").status == 0)
  }

  @Test(arguments: ["-v 200000", "-d 100000"])
  func `a study without memory for its products ends with 69 and says so`(limits: String) throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.limited(limits, "run", "tiny.json")
    #expect(outcome.status == 69, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("address space"), "\(outcome.stderr)")
    let rest = try sandbox.regbench("run", "tiny.json")
    #expect(rest.status == 0, "\(rest.stderr)")
  }

  @Test func `a limit of file sizes ends with 74 and not with a signal`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.limited("-f 1", "run", "tiny.json", "--quiet")
    #expect(outcome.status == 74, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("ulimit -f"), "\(outcome.stderr)")
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
  }

  @Test(arguments: ["ENOSPC", "EDQUOT", "EMFILE", "ESTALE", "EROFS"], ["open", "fsync"])
  func `a file that cannot be written ends with 74`(error: String, operation: String) throws {
    let sandbox = try sandbox()
    let program = try sandbox.start(
      ["run", "tiny.json", "--quiet"], environment: ["REGBENCH_FAULT": "\(operation):1:\(error)"])
    let outcome = try program.wait()
    #expect(outcome.status == 74, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("cannot \(operation)"), "\(outcome.stderr)")
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
  }

  @Test func `a journal or a lock that is a link to another file is refused`() throws {
    for name in ["journal.log", "lock"] {
      let sandbox = try sandbox()
      #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
      let found = try #require(Self.find(name, below: sandbox.folder.path))
      let target = try sandbox.folder.write("precious", "target")
      try Folder.removeFile(found)
      #expect(symlink(target, found) == 0)
      let outcome = try sandbox.regbench("run", "tiny.json", "--quiet")
      #expect(outcome.status == 74, "\(name): \(outcome.stderr)")
      #expect(outcome.stderr.contains("it is a symbolic link"), "\(outcome.stderr)")
      #expect(try sandbox.text("target") == "precious")
    }
  }

  private static func find(_ name: String, below folder: String) -> String? {
    for entry in (try? Folder.entries(folder)) ?? [] {
      let path = PathName.join(folder, entry)
      if entry == name { return path }
      if FileContents.identity(of: path)?.isFolder == true, let found = find(name, below: path) {
        return found
      }
    }
    return nil
  }

  @Test func `a recorded study that is damaged ends with 65`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
    let text = try sandbox.text("\(result)/provenance.json")
    try sandbox.write(
      text.replacing("\"classification\"", with: "\"classifixation\""), "\(result)/provenance.json")
    let outcome = try sandbox.regbench("table", result)
    #expect(outcome.status == 65, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("provenance.json:"), "\(outcome.stderr)")
  }

  @Test func `a changed digit of the recorded study is named`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
    let name = "\(result)/provenance.json"
    let text = try sandbox.text(name)
    try sandbox.write(text.replacing("\"trials\": 1", with: "\"trials\": 2"), name)
    #expect(try sandbox.text(name) != text)
    for command in ["table", "report"] {
      let outcome = try sandbox.regbench(command, result)
      #expect(outcome.status == 65, "\(outcome.stderr)")
      #expect(outcome.stderr.contains("their digest is another"), "\(outcome.stderr)")
    }
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 65)
    try sandbox.write(text, name)
    #expect(try sandbox.regbench("table", result).status == 0)
  }

  @Test func `a lost record of the study is written anew, and no run is trained again`() throws {
    let sandbox = try sandbox()
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
    let runs = try sandbox.bytes("\(result)/runs.csv")
    #expect(try sandbox.shell("rm \(result)/provenance.json").status == 0)
    let outcome = try sandbox.regbench("run", "tiny.json", "--quiet")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(try sandbox.bytes("\(result)/runs.csv") == runs)
    #expect(try sandbox.regbench("table", result).status == 0)
  }

  @Test func `a path that is not UTF-8 is refused and not repaired`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.shell(
      "cp tiny.json $'t\\xffny.json'; \(Sandbox.program) check $'t\\xffny.json'")
    #expect(outcome.status == 64, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("argument 2"), "\(outcome.stderr)")
    #expect(outcome.stderr.contains("is not UTF-8"), "\(outcome.stderr)")
  }

  @Test func `a network without memory ends with 69 and says so`() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.limited("-v 1500000", "bench", "wrn-28-10", "--threads", "1")
    #expect(outcome.status == 69, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("too little memory"), "\(outcome.stderr)")
  }

  @Test func `a closed output pipe ends a command without a message`() throws {
    let sandbox = try sandbox()
    let outcome = try RunningProgram(
      "/bin/bash", ["-c", "\"$0\" networks | true; exit ${PIPESTATUS[0]}", Sandbox.program],
      environment: ["HOME": sandbox.folder.file("home"), "PATH": "/usr/bin:/bin"],
      folder: sandbox.folder.path, output: sandbox.folder.file(".stdout"),
      talk: sandbox.folder.file(".stderr")
    ).wait()
    // It may have written all before the reader left.
    #expect([0, 74].contains(outcome.status))
    #expect(outcome.stderr == "")
  }
}
