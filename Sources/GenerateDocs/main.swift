import Durable
import Glibc

// Writes the generated parts of the documentation anew; the repository is the working directory.
do {
  let program = PathName.join(PathName.parent(of: CommandLine.arguments[0]), "regbench")
  for part in try Documentation.parts(repository: ".", program: program) {
    let isChanged = try part.write(below: ".")
    if isChanged { print("\(part.path) written") }
  }
} catch {
  print("GenerateDocs: \(error)")
  exit(1)
}
