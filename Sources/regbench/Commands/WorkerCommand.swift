import ArgumentParser
import Engine
import Runner

/// Trains runs for the process that started it; nothing for people.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Train runs for the process that started this one.",
    shouldDisplay: false)

  @Flag var nice = false
  @Option var kernels = MatrixKernels.pinned

  func run() throws {
    throw ExitCode(Worker.main(isNice: nice, kernels: kernels))
  }
}
