import Durable
import TestSupport
import Testing

/// What modules import is what Package.swift says they may: a module that is imported without being
/// declared is found only where another target happens to have built it.
@Suite struct ModuleImportsTests {
  /// A target as Package.swift declares it.
  private struct Target {
    var name: String
    var isExecutable: Bool
    var folder: String
    var dependencies: Set<String>
  }

  /// Modules of the system and of the compiler, which nobody declares.
  private static let ofTheSystem: Set = ["Glibc", "Musl", "Synchronization", "Testing"]

  @Test func `every target imports what it declares and nothing else`() throws {
    let targets = try Self.targets()
    #expect(targets.count > 20)
    let executables = Set(targets.filter(\.isExecutable).map(\.name))
    for target in targets {
      let files = try Self.swiftFiles(below: RepositoryText.path(target.folder))
      // A target in C declares nothing.
      if files.isEmpty { continue }
      let imports = try files.reduce(into: Set<String>()) { $0.formUnion(try Self.imports(of: $1)) }
        .subtracting(Self.ofTheSystem)
      #expect(imports.subtracting(target.dependencies) == [], "\(target.name) does not declare")
      // Tests also depend on programs that they start.
      let unused = target.dependencies.subtracting(imports).subtracting(executables)
      #expect(unused == [], "\(target.name) does not import")
    }
  }

  private static func targets() throws -> [Target] {
    let text = try RepositoryText.read("Package.swift")
      .split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      .joined(separator: "\n")
      .replacing(#/\.product\(name: ("[^"]+"), package: "[^"]+"\)/#) { String($0.output.1) }
    return text.matches(of: #/\.(target|executableTarget|testTarget)\(\s*name: "([^"]+)"/#).map {
      let (kind, name) = (String($0.output.1), String($0.output.2))
      let arguments = Self.balanced(text[$0.range.lowerBound...], "(", ")")
      let list = arguments.firstRange(of: "dependencies: ").map {
        Self.balanced(arguments[$0.upperBound...], "[", "]")
      }
      let path = arguments.firstMatch(of: #/path: "([^"]+)"/#).map { String($0.output.1) }
      return Target(
        name: name, isExecutable: kind == "executableTarget",
        folder: path ?? (kind == "testTarget" ? "Tests/\(name)" : "Sources/\(name)"),
        dependencies: Set(
          (list ?? "").matches(of: #/"([^"]+)"/#).map { String($0.output.1) }))
    }
  }

  /// The beginning of a text up to the bracket that closes the first opening one.
  private static func balanced(
    _ text: Substring, _ opening: Character, _ closing: Character
  ) -> Substring {
    var depth = 0
    for index in text.indices {
      if text[index] == opening { depth += 1 }
      if text[index] == closing {
        depth -= 1
        if depth == 0 { return text[...index] }
      }
    }
    return text
  }

  private static func swiftFiles(below folder: String) throws -> [String] {
    try Folder.entries(folder).flatMap { name -> [String] in
      let path = PathName.join(folder, name)
      if FileContents.identity(of: path)?.isFolder == true { return try swiftFiles(below: path) }
      return name.hasSuffix(".swift") ? [path] : []
    }
  }

  /// The modules that stand at a file's head.
  private static func imports(of path: String) throws -> [String] {
    let text = String(decoding: try FileContents.read(path), as: UTF8.self)
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    let head = lines.prefix { line in
      ["import ", "@testable import ", "//", "#"].contains { line.hasPrefix($0) }
    }
    return head.filter { $0.contains("import ") && !$0.hasPrefix("/") && !$0.hasPrefix("#") }
      .compactMap { $0.split(separator: " ").last.map(String.init) }
  }
}
