import ArgumentParser
import Datasets
import Model
import Report

extension DataCommand {
  /// Downloads.
  struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Download data sets into the user's cache, or into the folder of --data.",
      discussion: """
        Goes on where an interrupted download stopped. Files appear only when their digests are \
        right. Nothing is downloaded that is there.

        EXAMPLES:
          Into the cache, and into a folder:
            regbench data fetch mnist cifar10
            regbench data fetch cifar10 --data ~/data
        """)

    @Argument(help: "The data sets' names, for example cifar10.")
    var names: [String]

    @OptionGroup var data: DataFolderOption

    func run() throws {
      let known = KnownDataset.inFiles.map(\.name)
      let entries = try names.map { name -> KnownDataset in
        guard let entry = KnownDataset.named(name), !entry.files.isEmpty else {
          throw Failure.unknown("data set to download", name, known: known)
        }
        return entry
      }
      let locator = data.locator(offline: false)
      for entry in entries {
        let bar = DownloadProgress()
        let dataset = try locator.fetch(
          entry, say: { StandardStreams.talk($0) }, progress: { bar.show($0, $1, of: $2) })
        bar.end()
        try StandardStreams.product("\(entry.name)\t\(dataset.origin)\n")
      }
    }
  }
}

/// What a person sees of a download: one line that is drawn again on a terminal, a line for each
/// tenth elsewhere.
private final class DownloadProgress {
  private var name = ""
  private var percent = -1
  private let isLive = Terminal.standardError.redraws

  func show(_ file: String, _ bytes: Int, of total: Int) {
    if file != name { (name, percent) = (file, -1) }
    let now = total > 0 ? bytes * 100 / total : 100
    guard now != percent, isLive || now / 10 != percent / 10 || percent < 0 else { return }
    percent = now
    let text =
      "\(file): \(now) % of \(DecimalText.grouped(total / 1000)) kB"
    if isLive { StandardStreams.draw("\r\(text)\u{1B}[K") } else { StandardStreams.talk(text) }
  }

  func end() {
    if isLive, percent >= 0 { StandardStreams.draw("\n") }
  }
}
