import Testing

@testable import regbench

@Suite struct NewTests {
  @Test func `the new study is right and runs`() throws {
    let sandbox = try Sandbox()
    let new = try sandbox.regbench("new", "my study.json")
    #expect(new.status == 0, "\(new.stderr)")
    let check = try sandbox.regbench("check", "my study.json")
    #expect(check.status == 0, "\(check.stderr)")
    #expect(check.stdout.contains("profiles full, smoke"))
    let run = try sandbox.regbench("run", "my study.json", "--profile", "smoke", "--quiet")
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains("(my-study), profile smoke"))
  }

  @Test func `nothing is overwritten`() throws {
    let sandbox = try Sandbox()
    try sandbox.write("mine", "a.json")
    let outcome = try sandbox.regbench("new", "a.json")
    #expect(outcome.status == 64)
    #expect(try sandbox.text("a.json") == "mine")
  }

  @Test func `the study is named after its file`() {
    #expect(New.name(of: "configs/mnist 2.json") == "mnist-2")
    #expect(New.name(of: ".json") == "study")
    #expect(New.name(of: "über") == "-ber")
    #expect(New.name(of: "..x.json") == "x")
    #expect(New.name(of: String(repeating: "x", count: 250)).count == 200)
  }

  @Test func `explain shows origins and the document`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let text = try sandbox.regbench("explain", "tiny.json", "--set", "trials=7")
    #expect(text.status == 0)
    #expect(text.stdout.contains("--set trials=7"))
    #expect(text.stdout.contains("tiny.json:10:14"))
    #expect(text.stdout.contains(" default\n"))
    let json = try sandbox.regbench("explain", "tiny.json", "--set", "trials=7", "--json")
    #expect(json.stdout.contains("\"trials\": 7"))
  }
}
