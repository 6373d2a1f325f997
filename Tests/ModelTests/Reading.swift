import Canonical
import Testing

/// What `body` reads from a JSON text, and the messages of all problems.
func reading<Value>(
  _ text: String, _ body: (ObjectReader) -> Value
) throws -> (value: Value, problems: [String]) {
  let json = try JSONParser.parse(Array(text.utf8), file: "test.json").get()
  let diagnostics = DiagnosticCollector()
  let value = body(ObjectReader(json, diagnostics))
  return (value, diagnostics.diagnostics.map(\.message))
}
