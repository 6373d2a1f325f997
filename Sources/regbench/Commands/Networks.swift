import ArgumentParser
import Canonical
import Model

/// Lists the networks, or the layers of one.
struct Networks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the networks, or the layers of one.",
    discussion: """
      Shapes are channels×height×width for one image; multiply-adds are those of one image's forward \
      pass through convolutions and fully connected layers. The sites are the names that a config's \
      "at" takes.
      """)

  @Argument(help: "A network's name; without it, all are listed.")
  var name: String?

  @Option(help: "The data set that gives the input's shape and the number of classes.")
  var dataset = "mnist"

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    guard let facts = DatasetFacts.all.first(where: { $0.name == dataset }) else {
      throw Failure.unknown("data set", dataset, known: DatasetFacts.all.map(\.name))
    }
    guard let name else {
      let all = try NetworkChoice.names.map { try description(of: $0, on: facts) }
      let text = json ? JSONValue.array(all.map(\.json)).prettyText : NetworkDescription.table(all)
      return try StandardStreams.product(text)
    }
    guard NetworkChoice.names.contains(name) else {
      throw Failure.unknown("network", name, known: NetworkChoice.names)
    }
    let one = try description(of: name, on: facts)
    try StandardStreams.product(json ? one.json.prettyText : one.text)
  }

  private func description(
    of name: String, on facts: DatasetFacts
  ) throws -> NetworkDescription {
    let choice = NetworkChoice(reading: .string(name), DiagnosticCollector())
    return try NetworkDescription(choice.network(input: facts.shape, classes: facts.classes))
  }
}
