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

      EXAMPLES:
        All of them, and the layers of one:
          regbench networks
          regbench networks wrn-16-4 --dataset cifar10
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
    let descriptions = try descriptions()
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
  private func descriptions() throws -> [NetworkDescription] {
    let facts = try dataset.map(facts(of:))
    guard let name else { return all(on: facts) }
    let diagnostics = DiagnosticCollector()
    let choice = NetworkChoice(reading: .string(name), diagnostics)
    if let problem = diagnostics.diagnostics.first {
      throw Failure(.usage, problem.message, advice: problem.advice)
    }
    let reference = NetworkChoice.references.first { $0.choice == choice }
    let network = choice.network(
      input: facts?.shape ?? reference?.input ?? choice.usualInput,
      classes: facts?.classes ?? reference?.classes ?? 10)
    do throws(ShapeError) {
      return [try NetworkDescription(network, choice: choice)]
    } catch {
      throw Failure(
        .usage, "\(name) does not fit images of \(network.input): \(error.layer): \(error.problem)")
    }
  }

  /// The papers' networks on their own inputs, or on a data set's where they fit it: small images do
  /// not fit every network.
  private func all(on facts: DatasetFacts?) -> [NetworkDescription] {
    var all: [NetworkDescription] = []
    for reference in NetworkChoice.references {
      let network = reference.choice.network(
        input: facts?.shape ?? reference.input, classes: facts?.classes ?? reference.classes)
      // Two references may differ in the number of classes only.
      guard !all.contains(where: { $0.spec == network && $0.choice == reference.choice }),
        let description = try? NetworkDescription(network, choice: reference.choice)
      else { continue }
      all.append(description)
    }
    return all
  }

  private func facts(of name: String) throws -> DatasetFacts {
    guard let known = KnownDataset.named(name) else {
      throw Failure.unknown("data set", name, known: KnownDataset.all.map(\.name))
    }
    return known.facts
  }
}
