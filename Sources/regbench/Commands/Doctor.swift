import ArgumentParser
import Canonical
import Engine
import Model
import Runner
import Study

/// Says what this machine offers and what regbench makes of it.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show this machine as regbench sees it: CPU, OpenBLAS, memory, data sets.",
    discussion: """
      EXAMPLES:
        For people, and for a program:
          regbench doctor
          regbench doctor --json
      """)

  @OptionGroup var data: DataFolderOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let host = HostFacts.current
    let arithmetic: String
    do throws(EngineError) { arithmetic = try Arithmetic.current().text } catch {
      arithmetic = "unknown: \(error.message)"
    }
    var facts: [JSONValue.Member] = [
      .init("regbench", .string(Version.text)),
      .init("cpu", .string(host.cpu)),
      .init("usable_cores", .number(host.cores)),
      .init("memory_mb", .number(host.memoryMegabytes)),
      .init("system", .string(host.system)),
      .init("openblas_core", .string(CPU.openBLASCore)),
      .init("openblas_build", .string(CPU.openBLASConfig)),
      .init("arithmetic", .string(arithmetic)),
      .init("portable_build", .bool(CPU.isPortableBuild)),
    ]
    let found = DatasetSearch(locator: data.locator(offline: true)).all()
    if json {
      facts.append(.init("data", .array(found.map(\.json))))
      return try StandardStreams.product(JSONValue.object(facts).prettyText)
    }
    var lines = facts.map { fact in
      let name = fact.name.replacing("_", with: " ")
      return name + String(repeating: " ", count: 16 - name.count) + Self.text(of: fact.value)
    }
    lines += ["data"] + found.map { "  \($0.known.name): \($0.state)" }
    try StandardStreams.product(lines.map { $0 + "\n" }.joined())
  }

  private static func text(of value: JSONValue) -> String {
    value.stringValue ?? value.boolValue.map { $0 ? "yes" : "no" } ?? value.canonicalText
  }
}
