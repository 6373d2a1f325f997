import ArgumentParser
import Canonical
import Durable
import Study

/// Writes a study to start from.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented study to start from.",
    discussion: """
      The study trains in seconds on the embedded digits; its notes say what to change. Its name is \
      that of the file. Beside it \(StudySchema.fileName) is written, with which editors complete and \
      check configs. A file that is there is never overwritten.

      EXAMPLES:
        Write it, and train it in seconds:
          regbench new my-study.json
          regbench run my-study.json --profile smoke
      """)

  @Argument(
    help: ArgumentHelp("The file to write, for example my-study.json.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var file: String

  func run() throws {
    guard !FileContents.exists(file) else {
      throw Failure(.usage, "\(file) exists already", advice: "choose another name")
    }
    let text = StarterStudy.text(name: Self.name(of: file))
    try AtomicFile.write(text, to: file)
    let schema = PathName.join(PathName.parent(of: file), StudySchema.fileName)
    if !FileContents.exists(schema) {
      try AtomicFile.write(StudySchema.text, to: schema)
    }
    StandardStreams.talk("\(file) written. What next:")
    StandardStreams.talk("  regbench check \(file)")
    StandardStreams.talk("  regbench run \(file) --profile smoke")
  }

  /// The file's name without its ending, with what no folder should have in its name taken out.
  static func name(of file: String) -> String {
    let last = PathName.last(of: file)
    let stem = last.hasSuffix(".json") ? String(last.dropLast(5)) : last
    let safe = stem.map { character -> Character in
      let isSafe = character.isASCII && (character.isLetter || character.isNumber)
      return isSafe || "-_.".contains(character) ? character : "-"
    }
    let name = String(safe.drop { $0 == "." }.prefix(PathComponent.maximumBytes))
    return name.isEmpty ? "study" : name
  }
}
