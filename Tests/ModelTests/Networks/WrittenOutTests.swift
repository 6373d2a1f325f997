import Canonical
import Testing

@testable import Model

@Suite struct WrittenOutTests {
  @Test func `every network, written out layer by layer, reads as the same layers`() throws {
    for reference in NetworkChoice.references {
      let network = reference.network
      let description = try NetworkDescription(network, choice: reference.choice)
      let diagnostics = DiagnosticCollector()
      let again = NetworkChoice(reading: description.writtenOut.json, diagnostics)
      #expect(diagnostics.diagnostics == [], "\(network.name)")
      let read = again.network(input: reference.input, classes: reference.classes)
      #expect(read.layers == network.layers, "\(network.name)")
      #expect(read.output == network.output && read.defaultSites == network.defaultSites)
    }
  }
}
