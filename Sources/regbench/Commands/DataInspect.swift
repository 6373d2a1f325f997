import ArgumentParser
import Canonical
import Datasets
import Durable
import Model

extension DataCommand {
  /// What a file holds.
  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what a file holds: format, arrays, shapes, types, labels, digest.",
      discussion: """
        Reads IDX, CIFAR's binary records, MAT 5, NPY, NPZ, PNG, tar and zip, each also compressed with \
        gzip, and checks what can be checked. A folder or an .npz file is read as user files, as \
        "files" in a config would. The name of a data set shows its training images.

        EXAMPLES:
          What a file holds:
            regbench data inspect train-images-idx3-ubyte.gz
          A picture of the first hundred images of a data set:
            regbench data inspect mnist-5k --png 100
        """)

    @Argument(
      help: "A file, a folder with user files, or the name of a data set.", completion: .file())
    var file: String

    @Option(
      name: .customLong("png"),
      help: ArgumentHelp(
        "Write a picture of the first images, as a person should see them.", valueName: "n"))
    var images: Int?

    @Option(
      help: ArgumentHelp(
        "The picture's file; by default the name of what is inspected with .png behind it, in the "
          + "present folder.", valueName: "file"))
    var out: String?

    @OptionGroup var data: DataFolderOption

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
      if let images, !(1...ContactSheet.maximumImages).contains(images) {
        throw ValidationError("--png takes a number from 1 to \(ContactSheet.maximumImages)")
      }
    }

    func run() throws {
      let report: InspectionReport
      let search = DatasetSearch(locator: data.locator(offline: true))
      let found = FileContents.identity(of: file)
      if found == nil, KnownDataset.named(file) != nil {
        report = InspectionReport(try search.open(file), images: images ?? 0)
      } else if let found, found.isFolder || file.hasSuffix(".npz") {
        let dataset = try search.open(userFiles: file)
        report = InspectionReport(
          dataset, images: images ?? 0, published: search.published(like: dataset, at: file))
      } else {
        report = InspectionReport(try FileInspection(file: file, images: images ?? 0))
      }
      try StandardStreams.product(json ? report.json.prettyText : report.text)
      guard images != nil else { return }
      guard let sheet = report.sheet else {
        throw Failure(.usage, "\(file) holds no images for --png")
      }
      let target = out ?? PathName.last(of: file) + ".png"
      try sheet.write(to: target)
      StandardStreams.talk("wrote \(target) (\(sheet.count) images)")
    }
  }
}
