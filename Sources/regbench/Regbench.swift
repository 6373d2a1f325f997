import ArgumentParser

@main
struct Regbench: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "regbench")
}
