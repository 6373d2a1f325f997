import Canonical
import Testing

@testable import Model

/// A choice read from JSON text, with every message: `line:column message | advice`.
func choice(_ text: String) throws -> (choice: NetworkChoice, messages: [String]) {
  let value = try JSONParser.parse(Array(text.utf8), file: "x.json").get()
  let diagnostics = DiagnosticCollector()
  let choice = NetworkChoice(reading: value, diagnostics)
  let messages = diagnostics.diagnostics.map {
    let advice = $0.advice.map { " | \($0)" } ?? ""
    return "\($0.location.line):\($0.location.column) \($0.message)\(advice)"
  }
  return (choice, messages)
}

/// The network that a name stands for.
func network(
  _ name: String, _ input: FeatureShape = .cifarImage, classes: Int = 10
) throws -> NetworkSpec {
  let (choice, messages) = try choice("\"\(name)\"")
  try #require(messages.isEmpty, "\(messages)")
  return choice.network(input: input, classes: classes)
}
