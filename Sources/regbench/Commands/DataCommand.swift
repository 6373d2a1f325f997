import ArgumentParser
import Canonical
import Datasets

/// What is known of data sets, where they are, and what files hold.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Show, get and check data sets; look into files.",
    discussion: """
      EXAMPLES:
        What is there, and what is not:
          regbench data list
        One more, and whether it is whole:
          regbench data fetch cifar10
          regbench data verify cifar10
      """,
    subcommands: [List.self, Fetch.self, Verify.self, Path.self, Inspect.self])

  /// All data sets.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the data sets, their licences, and where they are found.",
      discussion: """
        EXAMPLES:
          With a folder of your own before all others:
            regbench data list --data ~/data
        """)

    @OptionGroup var data: DataFolderOption

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      let found = DatasetSearch(locator: data.locator(offline: true)).all()
      guard !json else {
        return try StandardStreams.product(JSONValue.array(found.map(\.json)).prettyText)
      }
      try StandardStreams.product(found.map(\.text).joined(separator: "\n"))
    }
  }

  /// One data set's folder.
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the folder in which a data set is found.",
      discussion: """
        Says what is missing and ends with 66 where it is not found.

        EXAMPLES:
          Its files:
            ls "$(regbench data path mnist)"
        """)

    @Argument(help: "The data set's name, for example mnist.")
    var name: String

    @OptionGroup var data: DataFolderOption

    func run() throws {
      let origin = try DatasetSearch(locator: data.locator(offline: true)).open(name).origin
      try StandardStreams.product(origin + "\n")
    }
  }
}
