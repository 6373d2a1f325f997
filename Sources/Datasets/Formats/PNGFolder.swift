import Canonical
import Durable
import Model

/// A data set in folders of PNG files: one folder for training and one for testing, and in each one
/// folder for each class.
struct PNGFolder {
  private let classes: [String]

  /// Finds out the classes, which are the same for both: by number where all folders are called by
  /// numbers, else by name.
  init(training: String, test: String) throws(DatasetError) {
    var names = Set<String>()
    for folder in [training, test] { names.formUnion(try Self.subfolders(folder)) }
    guard (1...256).contains(names.count) else {
      throw DatasetError(
        .usage, file: training, "\(names.count) folders of classes, expected 1 to 256",
        advice: "each folder below it holds the PNG files of one class")
    }
    let numbers = names.compactMap { Int($0) }
    classes =
      numbers.count == names.count
      ? names.sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }
      : names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func subfolders(_ folder: String) throws(DatasetError) -> [String] {
    try entries(folder).filter {
      FileContents.identity(of: PathName.join(folder, $0))?.isFolder == true
    }
  }

  /// Without what systems put everywhere.
  private static func entries(_ folder: String) throws(DatasetError) -> [String] {
    do throws(FileError) { return try Folder.entries(folder).filter { !$0.hasPrefix(".") } } catch {
      throw DatasetError(reading: error)
    }
  }

  /// Appends the images of a folder, class by class and in the order of their names.
  /// - Returns: a digest of all its files and of the classes' names.
  func read(_ folder: String, into store: ImageStore) throws(DatasetError) -> String {
    var hash = SHA256()
    store.classes = classes.count
    for (label, name) in classes.enumerated() {
      let below = PathName.join(folder, name)
      hash.update("class \(name)\n".utf8)
      guard FileContents.exists(below) else { continue }
      for file in try Self.entries(below) where file.lowercased().hasSuffix(".png") {
        let path = PathName.join(below, file)
        let reader = HashingReader(try ByteSource(file: path))
        try FileLayout.png.read(
          reader, .both, classes: nil, shape: nil, count: nil, into: store)
        try reader.skip()
        hash.update("\(file) \(reader.digest)\n".utf8)
        store.labels.append(UInt8(label))
      }
    }
    guard !store.labels.isEmpty else {
      throw DatasetError(
        .missing, file: folder, "no PNG files in the folders below it",
        advice: "each folder below it holds the PNG files of one class")
    }
    return hash.finishHex()
  }
}

extension PNGFolder: FormatReading {
  static func recognizes(_ start: [UInt8]) -> Bool { start.starts(with: FileSignature.png) }

  static func inspect(
    _ reader: any ContentReader, images: Int, into inspection: inout FileInspection
  ) throws(DatasetError) {
    inspection.format = "PNG"
    let image = try PNGReader(reader).image()
    let shape = image.shape
    inspection.arrays = [
      FileInspection.Field(
        name: "image", type: "unsigned bytes", shape: [shape.height, shape.width, shape.channels])
    ]
    if images > 0 { inspection.sheet = ContactSheet(shape: shape, pixels: image.pixels) }
  }

  static let userFilesText =
    "the folders train and test, in each a folder for each class, in each of these PNG files"

  static func userFiles(at path: String) throws(DatasetError) -> UserFiles? {
    func folder(_ words: [String]) -> String? {
      UserFiles.names(in: path).first {
        words.contains($0.lowercased())
          && FileContents.identity(of: PathName.join(path, $0))?.isFolder == true
      }
    }
    guard let training = folder(["train", "training"]), let test = folder(["test", "testing"])
    else { return nil }
    return UserFiles(
      .png,
      [
        KnownDataset.File(name: training, part: .training, contents: .both),
        KnownDataset.File(name: test, part: .test, contents: .both),
      ], in: path)
  }

  static func readAnything(_ source: ByteSource) throws(DatasetError) {
    try FileLayout.png.read(
      source, .both, classes: nil, shape: nil, count: nil, into: ImageStore())
  }
}
