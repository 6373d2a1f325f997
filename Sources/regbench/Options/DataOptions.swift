import ArgumentParser
import Datasets

/// Where data sets are looked for first.
struct DataFolderOption: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "A folder with data sets, searched before $REGBENCH_DATA, ./data and the user's cache.",
      valueName: "dir"),
    completion: .directory)
  var folder: String?

  /// Where data sets are looked for.
  func locator(offline: Bool) -> DatasetLocator {
    DatasetLocator(dataFolder: folder, offline: offline)
  }
}
