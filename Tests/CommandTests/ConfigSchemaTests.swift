import Glibc
import TestSupport
import Testing

@testable import regbench

/// The schema that `explain --schema` prints, as an independent implementation of JSON Schema reads it.
@Suite struct ConfigSchemaTests {
  /// A Python that has the package `jsonschema`; nil where there is none.
  private static let python: String? = {
    guard let sandbox = try? Sandbox() else { return nil }
    let folders = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":")
    return folders.map { "\($0)/python3" }.first {
      (try? sandbox.shell("\($0) -c 'import jsonschema'"))?.status == 0
    }
  }()

  private static let validate = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    def once(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)
    for name in sys.argv[2:]:
        try:
            with open(name) as file:
                config = json.load(file, object_pairs_hook=once)
        except (ValueError, RecursionError):
            continue
        if validator.is_valid(config):
            print(name.split("/")[-1])
    """

  /// The names of the files that the schema accepts, sorted.
  private func accepted(_ pattern: String, in sandbox: Sandbox) throws -> [String] {
    let schema = try sandbox.regbench("explain", "--schema")
    #expect(schema.status == 0)
    try sandbox.write(schema.stdout, "schema.json")
    try sandbox.write(Self.validate, "validate.py")
    let folder = RepositoryText.path("README.md").dropLast("/README.md".count)
    let outcome = try sandbox.shell(
      "\(Self.python ?? "") validate.py schema.json $(ls \(folder)/\(pattern))")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    return outcome.stdout.split(separator: "\n").map(String.init).sorted()
  }

  @Test(.enabled(if: python != nil, "no python3 has the package jsonschema"))
  func `Python's validator accepts every config of the project and the new study`() throws {
    let sandbox = try Sandbox()
    for folder in ["configs", "configs/beyond"] {
      let names = try accepted("\(folder)/*.json", in: sandbox)
      let all = try sandbox.shell(
        "ls \(RepositoryText.path(folder)) | grep json$"
      ).stdout.split(separator: "\n")
      #expect(names == all.map(String.init).sorted())
    }
    _ = try sandbox.regbench("new", "own.json")
    let own = try sandbox.shell(
      "\(Self.python ?? "") validate.py regbench.schema.json own.json")
    #expect(own.stdout == "own.json\n", "\(own.stderr)")
  }

  @Test(.enabled(if: python != nil, "no python3 has the package jsonschema"))
  func `Python's validator refuses the broken configs that are broken in form`() throws {
    let sandbox = try Sandbox()
    let list = try RepositoryText.read("Tests/StudyTests/Cases/accepted-by-schema.list")
    let names = try accepted("Tests/StudyTests/Cases/*.json", in: sandbox)
    #expect(names == list.split(separator: "\n").map(String.init))
  }
}
