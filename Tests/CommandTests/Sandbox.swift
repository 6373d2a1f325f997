import Durable
import Glibc
import TestSupport

/// A folder of its own for one test, and the built program started in it as a person would: nothing
/// of the caller's environment but the path to programs, a home folder that is empty.
struct Sandbox {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Folder.create(folder.file("home"))
  }

  /// Runs `regbench` with these arguments to its end.
  func regbench(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try start(arguments, environment: environment).wait()
  }

  /// Runs `regbench` to its end under limits that the shell's `ulimit` sets, for example `-v 200000`.
  func limited(_ limits: String, _ arguments: String...) throws -> Outcome {
    try RunningProgram(
      "/bin/bash",
      ["-c", "ulimit \(limits); exec \"$0\" \"$@\"", Self.program] + arguments,
      environment: ["HOME": folder.file("home"), "PATH": "/usr/bin:/bin"], folder: folder.path,
      output: folder.file(".stdout"), talk: folder.file(".stderr")
    ).wait()
  }

  /// Starts `regbench` and comes back at once. Programs that run at the same time need names for
  /// their streams.
  func start(
    _ arguments: [String], environment: [String: String] = [:], streams: String = ""
  ) throws -> RunningProgram {
    try start(Self.program, arguments, environment, streams)
  }

  /// Runs a command line of bash to its end.
  func shell(_ command: String) throws -> Outcome {
    try start("bash", ["-c", command], [:], "").wait()
  }

  private func start(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ streams: String
  ) throws -> RunningProgram {
    var variables = ["HOME": folder.file("home"), "PATH": "/usr/bin:/bin"]
    variables.merge(environment) { $1 }
    return try RunningProgram(
      program, arguments, environment: variables, folder: folder.path,
      output: folder.file(".\(streams)stdout"), talk: folder.file(".\(streams)stderr"))
  }

  /// Writes a file and returns its name as the program sees it.
  @discardableResult
  func write(_ text: String, _ name: String) throws -> String {
    try folder.write(text, name)
    return name
  }

  /// A file's bytes.
  func bytes(_ name: String) throws -> [UInt8] { try FileContents.read(folder.file(name)) }

  /// A file's text.
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// The program lies beside the tests.
  static let program: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let path = String(
      decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return PathName.join(PathName.parent(of: path), "regbench")
  }()
}

/// How a call ended.
struct Outcome {
  /// The exit code, or minus the number of the signal that ended the program.
  let status: Int32
  let stdout: String
  let stderr: String
}
