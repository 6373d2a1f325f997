import Canonical
import Model

/// The reference of regularizers, made from their types: what each does, its keys, and what it goes
/// together with.
enum RegularizerReference {
  /// Networks that stand for kinds: with their data and what tells them apart.
  private static let networks: [(label: String, network: NetworkSpec)] = [
    ("mlp, ReLU", .mlp(input: .mnistImage, hidden: [64], activation: .relu, classes: 10)),
    ("mlp, sigmoid", .mlp(input: .mnistImage, hidden: [64], activation: .sigmoid, classes: 10)),
    ("lenet", LeNet().network(input: .mnistImage, classes: 10)),
    ("dropact-simple", DropActSimple().network(input: .cifarImage, classes: 10)),
    ("resnet-20", ResNet(depth: 20).network(input: .cifarImage, classes: 10)),
  ]

  /// Three tables in Markdown.
  static var markdown: String { methods + "\n" + keys + "\n" + compatibility }

  private static var keys: String {
    ConfigReference.table(of: RegularizerRegistry.all.map { ($0.name, $0.keys) })
  }

  /// Name, place, keys with usual values, and what it does.
  private static var methods: String {
    let rows = RegularizerRegistry.all.map { type -> String in
      let keys = (type.example.json.members ?? []).filter { $0.name != "name" }
      let texts = keys.map { "`\($0.name)` \($0.value.canonicalText)" }
      return "| `\(type.name)` | \(type.attachment.rawValue) | \(texts.joined(separator: ", ")) "
        + "| \(type.summary) |\n"
    }
    return "| name | attaches as | keys and an example | what it does |\n"
      + "| --- | --- | --- | --- |\n" + rows.joined()
  }

  /// On which networks each attaches, and beside which others it does not.
  private static var compatibility: String {
    let header = networks.map { " \($0.label) |" }.joined()
    let rows = RegularizerRegistry.all.map { type -> String in
      let cells = networks.map { " \(answer(type.example, $0.network)) |" }.joined()
      return "| `\(type.name)` |\(cells) \(conflicts(type).joined(separator: ", ")) |\n"
    }
    return "| |\(header) not beside, at the usual sites |\n"
      + "| --- |" + networks.map { _ in " --- |" }.joined() + " --- |\n" + rows.joined()
  }

  private static func answer(_ regularizer: any Regularizer, _ network: NetworkSpec) -> String {
    if fits([regularizer], network) { return "yes" }
    return fits([regularizer, Dropout(drop: 0.5)], network) ? "with noise" : "no"
  }

  /// Regularizers that do not attach beside this one although each does on the same network.
  private static func conflicts(_ type: any Regularizer.Type) -> [String] {
    RegularizerRegistry.all.filter { other in
      guard other.name != type.name else { return false }
      let common = networks.map(\.network).filter {
        fits([type.example], $0) && fits([other.example], $0)
      }
      return !common.isEmpty
        && !common.contains { fits([type.example, other.example], $0) }
    }.map { "`\($0.name)`" }
  }

  private static func fits(_ regularizers: [any Regularizer], _ network: NetworkSpec) -> Bool {
    (try? network.attaching(regularizers)) != nil
  }
}
