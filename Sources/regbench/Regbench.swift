import ArgumentParser
import Durable
import Engine
import Glibc
import System

@main
struct Regbench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regbench",
    abstract: "Trains the experiments of papers on regularization and shows them beside the paper.",
    discussion: """
      A study is a JSON file: networks, data, methods, trials. `regbench run` trains what is missing \
      of it, writes tables below results/ and prints them beside the published numbers. Stop it \
      whenever you like: the same command carries on, and the table comes out the same.

      EXAMPLES:
        The studies of this folder and what is known of them:
          regbench list
        A reduced study, under a minute:
          regbench run mnist-shakeout --profile smoke
        The study as the paper has it, stopped and started as you like:
          regbench run mnist-shakeout
        Every error in a config of your own at once:
          regbench check my-study.json
        A finished table again:
          regbench table results/mnist-shakeout/smoke --format csv

      EXIT CODES:
      \(ExitStatus.listing)
      """,
    version: Version.text,
    subcommands: [
      ListCommand.self, Run.self, New.self, Plan.self, Check.self, Explain.self, Status.self,
      Logs.self, TableCommand.self, Compare.self, ReportCommand.self, Cite.self, ReplayCommand.self,
      AuditCommand.self, Networks.self, WeightsCommand.self,
      DataCommand.self, Bench.self, Doctor.self, Clean.self, WorkerCommand.self,
    ])

  /// Parses and runs; every way out of the process leads through here.
  static func main() {
    // What cannot be written is told by the call that wrote: a closed pipe, a file that grows beyond
    // the limit of file sizes.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    // Ctrl-\ ends the program at once. Swift would print where it stood, as after a crash.
    signal(SIGQUIT, SIG_DFL)
    SystemCall.occupyStandardDescriptors()
    MemoryShortage.handler = { bytes in
      end(with: Failure(.unavailable, MemoryShortage.message(bytes)))
    }
    do {
      try checkArguments()
      if let faults = getenv("REGBENCH_FAULT") { try FaultHook.arm(String(cString: faults)) }
      let path = try CommandPath(Array(CommandLine.arguments.dropFirst()))
      do {
        var command = try parseAsRoot()
        try command.run()
      } catch  where !(error is ExitCode) && exitCode(for: error) == .validationFailure {
        let usage = UsageError(message(for: error), for: path)
        throw Failure(.usage, usage.message, advice: usage.advice)
      }
    } catch {
      end(with: error)
    }
  }

  /// Bytes that are not UTF-8 would become others without a word, and a path another path.
  private static func checkArguments() throws {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index],
        String(validatingCString: argument) == nil
      else { continue }
      throw Failure(
        .usage, "argument \(index), \"\(String(cString: argument))\", is not UTF-8",
        advice: "names of files and studies are UTF-8 here: rename the file, or name it by a link")
    }
  }

  private static func end(with error: any Error) -> Never {
    // ArgumentParser's own: help, version, exit codes that commands throw.
    if error is ExitCode || exitCode(for: error) == .success { exit(withError: error) }
    let failure = Failure(error)
    if !failure.text.isEmpty { StandardStreams.talk(failure.text) }
    Glibc.exit(failure.status.rawValue)
  }
}
