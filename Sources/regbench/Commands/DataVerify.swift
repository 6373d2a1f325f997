import ArgumentParser
import Datasets

extension DataCommand {
  /// Reads everything anew.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read data sets from their files and compare them with the published digests.",
      discussion: """
        Nothing that was remembered is used. Without names, every data set that is found is \
        checked. Ends with 65 if one is damaged, and with 66 if a named one is not there.

        EXAMPLES:
          All that are there, and one:
            regbench data verify
            regbench data verify mnist
        """)

    @Argument(help: "The data sets' names, for example mnist; all that are there if left out.")
    var names: [String] = []

    @OptionGroup var data: DataFolderOption

    func run() throws {
      let search = DatasetSearch(locator: data.locator(offline: true))
      for name in names { try search.known(name) }
      var worst: DatasetError?
      for finding in search.verified(names.isEmpty ? nil : names) {
        try StandardStreams.product("\(finding.known.name): \(finding.state)\n")
        if case .failure(let error) = finding.place {
          // Damage matters more than absence.
          if worst == nil || (worst?.kind == .missing && error.kind != .missing) { worst = error }
        }
      }
      if let worst { throw worst }
    }
  }
}
