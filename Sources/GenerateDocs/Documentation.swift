import Canonical
import Durable
import Report
import Study

/// The pages of the documentation, and what of them is made of the program.
enum Documentation {
  /// Where the pages lie below the repository's folder.
  static let folder = "Sources/regbench/Documentation"

  /// Every generated part.
  /// - Parameter program: the built `regbench`, which is asked for its help.
  static func parts(repository: String, program: String) throws -> [GeneratedPart] {
    func page(_ name: String, _ marker: String, _ text: String) -> GeneratedPart {
      GeneratedPart(path: PathName.join(folder, name), marker: marker, text: text)
    }
    func example(
      _ page: String, _ file: String, marker: String = "example"
    ) throws -> GeneratedPart {
      let bytes = try FileContents.read(PathName.join(repository, file))
      return GeneratedPart(
        path: PathName.join(folder, page), marker: marker,
        text: "```swift\n\(String(decoding: bytes, as: UTF8.self))```\n")
    }
    return [
      page("Commands.md", "generated", try CommandReference(program: program).markdown),
      page("Configs.md", "generated", "\n\(ConfigReference.markdown)"),
      page("Configs.md", "schedules", NetworkReference.schedules),
      page("Networks.md", "families", NetworkReference.families),
      page("Networks.md", "layers", NetworkReference.layers),
      page("Regularizers.md", "generated", RegularizerReference.markdown),
      page("Measurements.md", "generated", MeasurementReference.markdown),
      page("Figures.md", "generated", FigureReference.markdown),
      page("Results.md", "verdicts", VerdictReference.markdown),
      page("Register.md", "register", try register(repository).markdown),
      try example(
        "AddingARegularizer.md", "Tests/ModelTests/Regularizers/LayeredDropoutExample.swift"),
      try example(
        "AddingAMeasurement.md", "Tests/RunnerTests/Measures/WeightNormsExample.swift"),
      try example(
        "AddingALayer.md", "Sources/Model/Layers/SubsamplingSpec.swift", marker: "specification"),
      try example(
        "AddingALayer.md", "Sources/Engine/Layers/SubsamplingLayer.swift", marker: "computation"),
      try example("AddingADataset.md", "Tests/DatasetsTests/StripesExample.swift"),
      try example("AddingATask.md", "Tests/RunnerTests/NegativeTaskExample.swift"),
    ]
  }

  /// The register of what the configs of the repository recompute.
  static func register(_ repository: String) throws -> RegisterPage {
    let configs = PathName.join(repository, "configs")
    let names = try Folder.entries(configs).filter { $0.hasSuffix(".json") }
    return RegisterPage(
      try names.map { name in
        try StudySpec.load(
          file: PathName.join(configs, name),
          read: { (path) throws(UnreadableFile) in
            do throws(FileError) {
              return try FileContents.read(path)
            } catch {
              throw UnreadableFile(reason: error.message)
            }
          }
        ).get()
      })
  }
}

/// A part of a page between two marks, `<!-- marker -->` and `<!-- end of marker -->`.
struct GeneratedPart {
  /// The page, below the repository's folder.
  let path: String
  let marker: String
  let text: String

  /// The page lacks a mark.
  struct MissingMark: Error {
    let path: String
    let mark: String
  }

  /// Whether the page says this.
  func isCurrent(below repository: String) throws -> Bool {
    let (page, range) = try place(below: repository)
    return page[range] == text
  }

  /// Puts the text into the page.
  /// - Returns: whether that changed it.
  func write(below repository: String) throws -> Bool {
    let (page, range) = try place(below: repository)
    guard page[range] != text else { return false }
    try AtomicFile.write(
      String(page[..<range.lowerBound]) + text + page[range.upperBound...],
      to: PathName.join(repository, path))
    return true
  }

  private func place(below repository: String) throws -> (page: String, Range<String.Index>) {
    let bytes = try FileContents.read(PathName.join(repository, path))
    let page = String(decoding: bytes, as: UTF8.self)
    let (start, end) = ("<!-- \(marker) -->\n", "<!-- end of \(marker) -->\n")
    guard let first = page.ranges(of: start).first?.upperBound else {
      throw MissingMark(path: path, mark: start)
    }
    guard let last = page[first...].ranges(of: end).first?.lowerBound else {
      throw MissingMark(path: path, mark: end)
    }
    return (page, first..<last)
  }
}
