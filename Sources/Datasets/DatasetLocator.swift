import Canonical
import Durable
import Glibc
import Model

/// Opens data sets wherever they are: embedded, generated, in the folders that may have them, in
/// the user's cache, or downloaded into it.
public struct DatasetLocator: Sendable {
  /// Where to look and what is allowed; read from the environment except in tests.
  struct Places: Sendable {
    /// Folders to look into, in order, without the cache.
    var folders: [String]
    /// The user's cache, or nil where there is no home.
    var cache: String?
    /// Whether nothing may be downloaded.
    var offline: Bool
    /// Where to download from instead of the catalogue's mirrors.
    var mirrors: [String]?
    /// What downloads.
    var download = Download()
  }

  let places: Places
  private let say: @Sendable (String) -> Void

  /// Looks into `dataFolder` (from `--data`), then `$REGBENCH_DATA`, `./data` and the user's cache.
  /// - Parameters:
  ///   - offline: whether downloads are forbidden; `REGBENCH_OFFLINE=1` forbids them too.
  ///   - say: takes the line that says what is downloaded from where.
  public init(
    dataFolder: String?, offline: Bool, say: @escaping @Sendable (String) -> Void
  ) {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let home = variable("HOME").map { PathName.join($0, ".cache") }
    let cache = (variable("XDG_CACHE_HOME") ?? home).map { PathName.join($0, "regbench") }
    let isOffline = offline || variable("REGBENCH_OFFLINE").map { $0 != "0" } == true
    self.init(
      Places(
        folders: [dataFolder, variable("REGBENCH_DATA"), "data"].compactMap { $0 }, cache: cache,
        offline: isOffline), say: say)
  }

  init(_ places: Places, say: @escaping @Sendable (String) -> Void) {
    self.places = places
    self.say = say
  }

  /// Opens the data set. The second opening of the same files maps what the first one decoded.
  public func open(_ spec: DatasetSpec) throws(DatasetError) -> Dataset {
    if let synthetic = spec.synthetic { return try SyntheticImages.open(synthetic) }
    if spec.name == EmbeddedDigits.name, spec.files == nil { return try EmbeddedDigits.open() }
    if let folder = spec.files { return try openOwn(spec, in: folder) }
    guard let entry = CatalogueEntry.named(spec.name) else { throw unknown(spec.name) }
    return try IDXFiles(
      name: spec.name, known: entry.facts,
      expected: spec.unverified ? nil : entry.files.map(\.contentSHA256), cache: places.cache
    ).open(try find(entry))
  }

  /// Makes sure that the data set is there and decoded, so that other processes can map it.
  @discardableResult
  public func prepare(_ spec: DatasetSpec) throws(DatasetError) -> Dataset { try open(spec) }

  /// Data of one's own: the four files of `folder`, whatever is in them.
  private func openOwn(_ spec: DatasetSpec, in folder: String) throws(DatasetError) -> Dataset {
    var search = FileSearch()
    let names = CatalogueEntry.mnist.files.map { $0.name }
    guard let found = search.find(names, of: spec.name, in: [folder]) else {
      let lacking = names.map { "\($0)[.gz]" }.joined(separator: ", ")
      throw DatasetError(
        .missing, file: spec.name, "not found in \(search.visited.joined(separator: ", "))",
        advice: "\"files\" names a folder with \(lacking)")
    }
    return try IDXFiles(
      name: spec.name, known: DatasetFacts.all.first { $0.name == spec.name }, expected: nil,
      cache: places.cache
    ).open(found)
  }

  private func find(_ entry: CatalogueEntry) throws(DatasetError) -> FileSearch.Found {
    var search = FileSearch()
    let folders = places.folders + [places.cache].compactMap { $0 }
    let names = entry.files.map(\.name)
    if let found = search.find(names, of: entry.facts.name, in: folders) { return found }
    let command = Self.command(entry)
    let ways = """
      get it with: \(command)
      or use "--data DIR" if you have it, or "--profile smoke", which needs no download
      """
    let looked = "looked in \(search.visited.joined(separator: ", "))"
    if places.offline {
      throw DatasetError(
        .missing, file: entry.facts.name, "not found, and downloads are forbidden; \(looked)",
        advice: ways)
    }
    guard let cache = places.cache else {
      throw DatasetError(
        .missing, file: entry.facts.name,
        "not found, and there is no HOME to download it to; \(looked)", advice: ways)
    }
    let folder = PathName.join(cache, entry.facts.name)
    try download(entry, into: folder, ways)
    guard let found = search.find(names, of: entry.facts.name, in: [cache]) else {
      throw DatasetError(.missing, file: folder, "downloaded files are gone", advice: ways)
    }
    return found
  }

  private func download(
    _ entry: CatalogueEntry, into folder: String, _ ways: String
  ) throws(DatasetError) {
    let mirrors = places.mirrors ?? entry.mirrors
    let tenths = (entry.downloadBytes + 50_000) / 100_000
    say(
      "downloading \(entry.title) (\(tenths / 10).\(tenths % 10) MB, \(entry.files.count) files) "
        + "from \(mirrors.first ?? "") to \(folder)")
    do throws(FileError) { try Folder.create(folder) } catch { throw unwritable(error) }
    AtomicFile.sweep(folder)
    for file in entry.files {
      let path = PathName.join(folder, file.name + ".gz")
      // What an interrupted download left is whole: files are put in place atomically.
      if let size = FileContents.identity(of: path)?.size, size == file.compressedBytes { continue }
      var reasons: [String] = []
      var content: [UInt8]?
      for mirror in mirrors where content == nil {
        do throws(Download.Failure) {
          content = try places.download.fetch(
            mirror + file.name + ".gz", bytes: file.compressedBytes, sha256: file.compressedSHA256)
        } catch { reasons.append("\(error.address): \(error.reason)") }
      }
      guard let content else {
        throw DatasetError(
          .missing, file: entry.facts.name,
          "cannot download it: \(reasons.joined(separator: "; "))", advice: ways)
      }
      do throws(FileError) { try AtomicFile.write(content, to: path) } catch {
        throw unwritable(error)
      }
    }
  }

  /// What a person can type to get the files into a folder that is searched.
  static func command(_ entry: CatalogueEntry) -> String {
    let names = entry.files.map(\.name).joined(separator: ",")
    return "curl --fail --location --create-dirs --output-dir data/\(entry.facts.name) "
      + "--remote-name-all \"\(entry.mirrors.first ?? ""){\(names)}.gz\""
  }

  private func unwritable(_ error: FileError) -> DatasetError {
    DatasetError(
      .unwritable, file: error.path, "cannot \(error.operation) it: \(error.reason)",
      advice: error.isFull
        ? "free some space, or set XDG_CACHE_HOME to a folder on another disk"
        : "set XDG_CACHE_HOME to a folder that you may write")
  }

  private func unknown(_ name: String) -> DatasetError {
    let known = DatasetFacts.all.map(\.name) + [SyntheticSpec.datasetName]
    let near = Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"? " } ?? ""
    return DatasetError(
      .unusable, file: name, "no such data set",
      advice: near + "known: \(known.joined(separator: ", "))")
  }
}
