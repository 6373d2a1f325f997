import Glibc
import Testing

@testable import System

@Suite struct ChildProcessTests {
  /// Starts a shell command whose output goes to a pipe.
  private func start(
    _ command: String, change: (inout ChildProcess.Settings) -> Void = { _ in }
  ) throws -> (child: ChildProcess, output: Int32) {
    let pipe = try #require(SystemCall.makePipe())
    defer { close(pipe.writing) }
    var settings = ChildProcess.Settings(
      input: nil, output: pipe.writing, errors: STDERR_FILENO)
    change(&settings)
    return (try ChildProcess("sh", ["sh", "-c", command], settings), pipe.reading)
  }

  private func text(_ descriptor: Int32) -> String {
    defer { close(descriptor) }
    return KernelFile.text("/proc/self/fd/\(descriptor)")
  }

  @Test func `exit codes and signals are told`() throws {
    let (well, first) = try start("exit 3")
    #expect(well.wait() == .exited(code: 3))
    #expect(well.wait() == .exited(code: 3))
    let (killed, second) = try start("kill -SEGV $$")
    #expect(killed.wait() == .signalled(SIGSEGV))
    for descriptor in [first, second] { close(descriptor) }
  }

  @Test func `waiting for a child can time out, and the child can be killed`() throws {
    let (child, output) = try start("exec sleep 1000")
    #expect(child.wait(seconds: 0.01) == nil)
    child.kill()
    #expect(child.wait() == .signalled(SIGKILL))
    close(output)
  }

  @Test func `variables are added to the environment and replace others`() throws {
    let (child, output) = try start("echo \"$HOME-$NEW\"") {
      $0.environment = ["HOME": "/nowhere", "NEW": "1"]
    }
    #expect(child.wait() == .exited(code: 0))
    #expect(text(output) == "/nowhere-1\n")
  }

  @Test func `a child dies of a broken pipe although its parent ignores it`() throws {
    signal(SIGPIPE, SIG_IGN)
    let (child, output) = try start("kill -PIPE $$; echo alive")
    #expect(child.wait() == .signalled(SIGPIPE))
    close(output)
  }

  @Test func `a missing program is an error with its number`() {
    let error = #expect(throws: ChildProcess.StartError.self) {
      try ChildProcess(
        "/nowhere/program", ["program"], .init(input: nil, output: 1, errors: 2))
    }
    #expect(error?.code == ENOENT)
  }
}
