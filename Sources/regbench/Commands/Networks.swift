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

  @Argument(
    help: "A network's name, such as lenet, wrn-28-10 or vgg-16; without it, all are listed.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The data set that gives input shape and number of classes; else those of the papers.",
      valueName: "name"))
  var dataset: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let descriptions = try networks().map(NetworkDescription.init)
    let text: String
    switch (json, name) {
    case (true, nil): text = JSONValue.array(descriptions.map(\.json)).prettyText
    case (false, nil): text = NetworkTable.list(descriptions)
    case (true, _?): text = descriptions.map(\.json.prettyText).joined()
    case (false, _?): text = descriptions.map(NetworkTable.layers).joined()
    }
    try StandardStreams.product(text)
  }

  /// The named network, or all of the papers' that fit the data set.
  private func networks() throws -> [NetworkSpec] {
    let facts = try dataset.map(facts(of:))
    guard let name else {
      guard let facts else { return NetworkChoice.references.map(\.network) }
      return NetworkChoice.references.reduce(into: [NetworkSpec]()) { all, reference in
        let network = reference.choice.network(input: facts.shape, classes: facts.classes)
        // Small images do not fit every network; two references may differ in classes only.
        guard (try? network.placedTree()) != nil, !all.contains(network) else { return }
        all.append(network)
      }
    }
    let diagnostics = DiagnosticCollector()
    let choice = NetworkChoice(reading: .string(name), diagnostics)
    if let problem = diagnostics.diagnostics.first {
      throw Failure(.usage, problem.message, advice: problem.advice)
    }
    let reference = NetworkChoice.references.first { $0.choice == choice }
    let shape = facts?.shape ?? reference?.input ?? choice.usualInput
    return [choice.network(input: shape, classes: facts?.classes ?? reference?.classes ?? 10)]
  }

  private func facts(of name: String) throws -> DatasetFacts {
    guard let facts = DatasetFacts.all.first(where: { $0.name == name }) else {
      throw Failure.unknown("data set", name, known: DatasetFacts.all.map(\.name))
    }
    return facts
  }
}
