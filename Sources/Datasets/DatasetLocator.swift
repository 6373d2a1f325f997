import Canonical
import Durable
import Glibc
import Model

/// Opens data sets wherever they are: embedded, generated, in the folders that may have them, in
/// the user's cache, or downloaded into it.
package struct DatasetLocator: Sendable {
  /// Where to look and what is allowed; read from the environment except in tests.
  struct Places: Sendable {
    /// Folders to look into, in order, without the cache.
    var folders: [String]
    /// The user's cache, or nil where there is no home.
    var cache: String?
    /// Folders of the system, looked into last.
    var system: [String] = []
    /// Whether nothing may be downloaded.
    var offline: Bool
    /// Where downloads go instead of the cache when they are asked for.
    var target: String?
    /// Where to download from instead of the catalogue's mirrors.
    var mirrors: [String]?
    var download = Download()
  }

  let places: Places
  private let say: @Sendable (String) -> Void

  /// Looks into `dataFolder` (from `--data`), then `$REGBENCH_DATA`, `./data`, the user's cache and
  /// the system's folders.
  /// - Parameters:
  ///   - offline: whether downloads are forbidden; `REGBENCH_OFFLINE=1` forbids them too.
  ///   - say: takes the line that says what is downloaded from where.
  package init(
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
        system: Self.systemFolders, offline: isOffline, target: dataFolder), say: say)
  }

  /// Where distributions put data sets, Debian's dataset-fashion-mnist for one.
  private static let systemFolders = ["/usr/local/share/datasets", "/usr/share/datasets"]

  init(_ places: Places, say: @escaping @Sendable (String) -> Void) {
    self.places = places
    self.say = say
  }

  /// Opens the data set. The second opening of the same files maps what the first one decoded.
  package func open(_ spec: DatasetSpec) throws(DatasetError) -> Dataset {
    if let synthetic = spec.synthetic { return try SyntheticImages.open(synthetic) }
    if let dataset = ImagelessData.open(spec) { return dataset }
    if spec.name == EmbeddedDigits.name, spec.files == nil { return try EmbeddedDigits.open() }
    if let folder = spec.files { return try openOwn(spec, in: folder) }
    guard let entry = CatalogueEntry.named(spec.name) else { throw unknown(spec.name) }
    return try files(entry, spec).open(try find(entry))
  }

  /// Makes sure that the data set is there and decoded, so that other processes can map it.
  @discardableResult
  package func prepare(_ spec: DatasetSpec) throws(DatasetError) -> Dataset { try open(spec) }

  /// Downloads what is offered, however large it is, into the data folder or the cache, and opens
  /// it. What is there already is not downloaded again.
  /// - Parameter progress: hears the name of what comes, bytes that have come, and all bytes.
  package func fetch(
    _ entry: CatalogueEntry, progress: (String, Int, Int) -> Void
  ) throws(DatasetError) -> Dataset {
    guard let parent = places.target ?? places.cache else {
      throw DatasetError(
        .missing, file: entry.facts.name, "there is no HOME to download it to",
        advice: "say where it shall lie: --data DIR")
    }
    let spec = DatasetSpec(name: entry.facts.name, validation: 0, scale: 1)
    let folder = PathName.join(parent, entry.cacheFolder)
    var search = FileSearch()
    if search.find(entry, in: [parent]) == nil {
      try download(entry, into: folder, Self.ways(entry), progress)
    }
    guard let found = search.find(entry, in: [parent]) else {
      throw DatasetError(.missing, file: folder, "downloaded files are gone")
    }
    return try files(entry, spec).open(found)
  }

  /// Opens a data set of the catalogue where it lies, as if for the first time: every byte is read
  /// and every digest taken anew. Nothing is downloaded.
  package func verify(_ entry: CatalogueEntry) throws(DatasetError) -> Dataset {
    var bare = places
    bare.folders += [places.cache].compactMap { $0 }
    (bare.cache, bare.offline) = (nil, true)
    return try DatasetLocator(bare, say: say).open(
      DatasetSpec(name: entry.facts.name, validation: 0, scale: 1))
  }

  private func files(_ entry: CatalogueEntry, _ spec: DatasetSpec) -> DatasetFiles {
    DatasetFiles(
      entry, unverified: spec.unverified, facts: spec.facts, cache: places.cache)
  }

  /// Data of one's own: the files of `folder`, whatever is in them.
  private func openOwn(_ spec: DatasetSpec, in folder: String) throws(DatasetError) -> Dataset {
    var search = FileSearch()
    let files: DatasetFiles
    if spec.format == nil, let entry = CatalogueEntry.named(spec.name) {
      files = self.files(entry, spec)
      if let found = search.find(entry, in: [folder]) { return try files.open(found) }
    } else {
      let own = try OwnFiles.find(spec.format ?? .idx, in: folder)
      files = DatasetFiles(
        name: spec.name, facts: spec.facts, layout: own.layout, files: own.files,
        cache: places.cache)
      if let found = search.find(own.files.map(\.name), of: spec.name, in: [folder]) {
        return try files.open(found)
      }
    }
    let lacking = files.files.map { "\($0.name)[.gz]" }.joined(separator: ", ")
    throw DatasetError(
      .missing, file: spec.name, "not found in \(search.visited.joined(separator: ", "))",
      advice: "\"files\" names a folder with \(lacking)")
  }

  private func find(_ entry: CatalogueEntry) throws(DatasetError) -> FileSearch.Found {
    var search = FileSearch()
    let folders = places.folders + [places.cache].compactMap { $0 } + places.system
    if let found = search.find(entry, in: folders) { return found }
    let ways = Self.ways(entry)
    let looked = "looked in \(search.visited.joined(separator: ", "))"
    func missing(_ why: String) -> DatasetError {
      DatasetError(.missing, file: entry.facts.name, "not found\(why); \(looked)", advice: ways)
    }
    if places.offline { throw missing(", and downloads are forbidden") }
    guard entry.downloadBytes < Self.mostBytesUnasked, entry.offersArePinned else {
      throw missing(", and too large to be downloaded unasked (\(Self.megabytes(entry)))")
    }
    guard let cache = places.cache else {
      throw missing(", and there is no HOME to download it to")
    }
    let folder = PathName.join(cache, entry.cacheFolder)
    try download(entry, into: folder, ways) { _, _, _ in }
    guard let found = search.find(entry, in: [cache]) else {
      throw DatasetError(.missing, file: folder, "downloaded files are gone", advice: ways)
    }
    return found
  }

  /// More than this is downloaded only on request.
  private static let mostBytesUnasked = 250_000_000

  private static func megabytes(_ entry: CatalogueEntry) -> String {
    let tenths = (entry.downloadBytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }

  private func download(
    _ entry: CatalogueEntry, into folder: String, _ ways: String,
    _ progress: (String, Int, Int) -> Void
  ) throws(DatasetError) {
    let mirrors = places.mirrors ?? entry.mirrors
    let count = entry.offers.count == 1 ? "1 file" : "\(entry.offers.count) files"
    say(
      "downloading \(entry.title) (\(Self.megabytes(entry)), \(count)) "
        + "from \(mirrors.first ?? "") to \(folder)")
    do throws(FileError) { try Folder.create(folder) } catch { throw unwritable(error) }
    AtomicFile.sweep(folder)
    for offer in entry.offers {
      let path = PathName.join(folder, offer.name)
      // What an interrupted download left under this name is whole.
      if FileContents.identity(of: path)?.size == offer.bytes { continue }
      var reasons: [String] = []
      var isThere = false
      for mirror in mirrors where !isThere {
        do throws(Download.Failure) {
          try places.download.fetch(mirror + offer.name, offer, to: path) {
            progress(offer.name, $0, offer.bytes)
          }
          isThere = true
        } catch {
          if let problem = error.unwritable { throw unwritable(problem) }
          reasons.append("\(error.address): \(error.reason)")
        }
      }
      guard isThere else {
        throw DatasetError(
          .missing, file: entry.facts.name,
          "cannot download it: \(reasons.joined(separator: "; "))", advice: ways)
      }
    }
  }

  /// The ways to get data that are not there.
  private static func ways(_ entry: CatalogueEntry) -> String {
    """
    get it with: regbench data fetch \(entry.facts.name)
    or with: \(command(entry))
    or use "--data DIR" if you have it, or "--profile smoke", which needs no download
    """
  }

  /// What a person can type to get the files into a folder that is searched.
  static func command(_ entry: CatalogueEntry) -> String {
    let names = entry.offers.map(\.name)
    let list = names.count == 1 ? names[0] : "{\(names.joined(separator: ","))}"
    return "curl --fail --location --create-dirs --output-dir data/\(entry.cacheFolder) "
      + "--remote-name-all \"\(entry.mirrors.first ?? "")\(list)\""
  }

  private func unwritable(_ error: FileError) -> DatasetError {
    DatasetError(
      .unwritable, file: error.path, "cannot \(error.verb) it: \(error.reason)",
      advice: error.isFull
        ? "free some space, or set XDG_CACHE_HOME to a folder on another disk"
        : "set XDG_CACHE_HOME to a folder that you may write")
  }

  private func unknown(_ name: String) -> DatasetError {
    let known = DatasetFacts.all.map(\.name) + [SyntheticSpec.datasetName]
    let near = Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"? " } ?? ""
    return DatasetError(
      .usage, file: name, "no such data set",
      advice: near + "known: \(known.joined(separator: ", "))")
  }
}

extension FileSearch {
  /// The first folder with all files of the entry, or with an archive of them.
  mutating func find(_ entry: CatalogueEntry, in folders: [String]) -> Found? {
    find(
      entry.files.map(\.name), of: entry.facts.name, others: entry.folders,
      archives: entry.offers.filter(\.isArchive).map(\.name), in: folders)
  }
}
