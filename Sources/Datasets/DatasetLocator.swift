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

  /// Looks into `dataFolder` (from `--data`), then `$REGBENCH_DATA`, `./data`, the user's cache and
  /// the system's folders.
  /// - Parameter offline: whether downloads are forbidden; `REGBENCH_OFFLINE=1` forbids them too.
  package init(dataFolder: String?, offline: Bool) {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let home = variable("HOME")
    let cache = (variable("XDG_CACHE_HOME") ?? home.map { PathName.join($0, ".cache") })
      .map { PathName.join($0, "regbench") }
    let isOffline = offline || variable("REGBENCH_OFFLINE").map { $0 != "0" } == true
    let keras = home.map { PathName.join($0, ".keras/datasets") }
    self.init(
      Places(
        folders: [dataFolder, variable("REGBENCH_DATA"), "data"].compactMap { $0 }, cache: cache,
        system: [keras].compactMap { $0 }.filter { FileContents.exists($0) } + Self.systemFolders,
        offline: isOffline, target: dataFolder))
  }

  /// Where distributions put data sets, Debian's dataset-fashion-mnist for one.
  private static let systemFolders = ["/usr/local/share/datasets", "/usr/share/datasets"]

  init(_ places: Places) { self.places = places }

  /// Opens the data set. The second opening of the same files maps what the first one decoded.
  /// - Parameter say: takes sentences for the user: what is downloaded from where, and what was
  ///   passed over because it is damaged.
  package func open(
    _ spec: DatasetSpec, say: (String) -> Void = { _ in }
  ) throws(DatasetError) -> Dataset {
    if let dataset = try Dataset.generated(spec) { return dataset }
    if let path = spec.files { return try openUserFiles(spec, at: path) }
    guard let known = KnownDataset.named(spec.name) else { throw unknown(spec.name) }
    if known.files.isEmpty { return try EmbeddedDigits.open() }
    return spec.unverified ? try openUnverified(known, spec) : try openKnown(known, say)
  }

  /// Downloads what is offered, however large it is, into the data folder or the cache, and opens
  /// it. What is there already and whole is not downloaded again.
  /// - Parameters:
  ///   - say: takes the line that says what is downloaded from where.
  ///   - progress: hears the name of what comes, bytes that have come, and all bytes.
  package func fetch(
    _ known: KnownDataset, say: (String) -> Void, progress: (String, Int, Int) -> Void
  ) throws(DatasetError) -> Dataset {
    guard let parent = places.target ?? places.cache else {
      throw DatasetError(
        .missing, file: known.name, "there is no HOME to download it to",
        advice: "say where it shall lie: --data DIR")
    }
    var attempt = Attempt()
    if let dataset = attempt.open(known, in: [parent], cache: places.cache) { return dataset }
    return try download(
      known, to: PathName.join(parent, known.cacheFolder), in: parent, say, progress)
  }

  /// Opens a data set where it lies, as if for the first time: every byte is read and every digest
  /// taken anew. Nothing is downloaded.
  package func verify(_ known: KnownDataset) throws(DatasetError) -> Dataset {
    var bare = places
    bare.folders += [places.cache].compactMap { $0 }
    (bare.cache, bare.offline) = (nil, true)
    return try DatasetLocator(bare).openKnown(known) { _ in }
  }

  private func openUserFiles(
    _ spec: DatasetSpec, at path: String
  ) throws(DatasetError) -> Dataset {
    if spec.format == nil, let known = KnownDataset.named(spec.name) {
      var attempt = Attempt()
      if !spec.unverified {
        if let dataset = attempt.open(known, in: [path], cache: places.cache) { return dataset }
        throw attempt.missing(known, "", ways: "leave out \"unverified\": false")
      }
      var search = FileSearch()
      if let found = search.candidates(known, in: [path]).first {
        return try open(found, userFiles(spec, of: known))
      }
    }
    let user = try UserFiles.find(at: path, format: spec.format, name: spec.name)
    return try open(
      user.found,
      DatasetFiles(
        name: spec.name, facts: spec.facts ?? KnownDataset.named(spec.name)?.shapeOnly,
        layout: user.layout, files: user.files, cache: places.cache))
  }

  /// The first files that are found under the names of a known set, whatever is in them.
  private func openUnverified(
    _ known: KnownDataset, _ spec: DatasetSpec
  ) throws(DatasetError) -> Dataset {
    var attempt = Attempt()
    guard let found = attempt.candidates(known, in: allFolders).first else {
      throw attempt.missing(known, "", ways: Self.ways(known))
    }
    return try open(found, userFiles(spec, of: known))
  }

  /// Files of a known set's names and layout with other contents.
  private func userFiles(_ spec: DatasetSpec, of known: KnownDataset) -> DatasetFiles {
    DatasetFiles(
      name: spec.name, facts: spec.facts ?? known.shapeOnly, layout: known.layout,
      files: known.files, cache: places.cache)
  }

  private var allFolders: [String] {
    places.folders + [places.cache].compactMap { $0 } + places.system
  }

  private func open(
    _ found: FileSearch.Found, _ files: DatasetFiles
  ) throws(DatasetError) -> Dataset {
    switch try files.open(found) {
    case .dataset(let dataset): return dataset
    case .another(let known): throw Attempt.another(known, found)
    }
  }

  private func openKnown(
    _ known: KnownDataset, _ say: (String) -> Void
  ) throws(DatasetError) -> Dataset {
    var attempt = Attempt()
    if let dataset = attempt.open(known, in: allFolders, cache: places.cache) {
      for error in attempt.damaged { say("\(error.message); \(dataset.origin) is used instead") }
      return dataset
    }
    // What is damaged is told and not covered up by a download.
    if let error = attempt.damaged.first { throw error }
    let ways = Self.ways(known)
    if places.offline { throw attempt.missing(known, ", and downloads are forbidden", ways: ways) }
    guard known.downloadBytes < Self.maximumBytesUnasked, known.offersArePinned else {
      throw attempt.missing(
        known, ", and too large to be downloaded unasked (\(Self.megabytes(known)))", ways: ways)
    }
    guard let cache = places.cache else {
      throw attempt.missing(known, ", and there is no HOME to download it to", ways: ways)
    }
    return try download(
      known, to: PathName.join(cache, known.cacheFolder), in: cache, say
    ) { _, _, _ in }
  }

  /// More than this is downloaded only on request.
  private static let maximumBytesUnasked = 250_000_000

  private static func megabytes(_ known: KnownDataset) -> String {
    let tenths = (known.downloadBytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }

  /// Downloads and opens.
  private func download(
    _ known: KnownDataset, to folder: String, in parent: String, _ say: (String) -> Void,
    _ progress: (String, Int, Int) -> Void
  ) throws(DatasetError) -> Dataset {
    let ways = Self.ways(known)
    let mirrors = places.mirrors ?? known.mirrors
    let count = known.offers.count == 1 ? "1 file" : "\(known.offers.count) files"
    say(
      "downloading \(known.title) (\(Self.megabytes(known)), \(count)) "
        + "from \(mirrors.first ?? "") to \(folder)")
    do throws(FileError) { try Folder.create(folder) } catch { throw DatasetError(cache: error) }
    AtomicFile.removeStale(in: folder)
    for offer in known.offers {
      let path = PathName.join(folder, offer.name)
      // What an interrupted download left under this name is whole.
      if places.download.isWhole(path, offer) { continue }
      var reasons: [String] = []
      var isThere = false
      for mirror in mirrors where !isThere {
        do throws(Download.Failure) {
          try places.download.fetch(mirror + offer.name, offer, to: path) {
            progress(offer.name, $0, offer.bytes)
          }
          isThere = true
        } catch {
          if let problem = error.unwritable { throw DatasetError(cache: problem) }
          reasons.append("\(error.address): \(error.reason)")
        }
      }
      guard isThere else {
        throw DatasetError(
          .missing, file: known.name,
          "cannot download it: \(reasons.joined(separator: "; "))", advice: ways)
      }
    }
    var attempt = Attempt()
    if let dataset = attempt.open(known, in: [parent], cache: places.cache) { return dataset }
    throw attempt.damaged.first
      ?? DatasetError(.missing, file: folder, "downloaded files are gone", advice: ways)
  }

  /// The ways to get data that are not there.
  private static func ways(_ known: KnownDataset) -> String {
    """
    get it with: regbench data fetch \(known.name)
    or with: \(command(known))
    or use "--data DIR" if you have it, or "--profile smoke", which needs no download
    """
  }

  /// What a person can type to get the files into a folder that is searched.
  static func command(_ known: KnownDataset) -> String {
    let names = known.offers.map(\.name)
    let list = names.count == 1 ? names[0] : "{\(names.joined(separator: ","))}"
    return "curl --fail --location --create-dirs --output-dir data/\(known.cacheFolder) "
      + "--remote-name-all \"\(known.mirrors.first ?? "")\(list)\""
  }

  private func unknown(_ name: String) -> DatasetError {
    let known = KnownDataset.all.map(\.name) + [SyntheticSpec.datasetName]
    let near = Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"? " } ?? ""
    return DatasetError(
      .usage, file: name, "no such data set",
      advice: near + "known: \(known.joined(separator: ", "))")
  }
}

/// One look at everything that may be a known data set.
private struct Attempt {
  private var search = FileSearch()
  /// What was found and cannot be used.
  private(set) var damaged: [DatasetError] = []
  /// What was found and is another known data set.
  private var others: [String] = []

  mutating func candidates(_ known: KnownDataset, in folders: [String]) -> [FileSearch.Found] {
    search.candidates(known, in: folders)
  }

  /// The first that is whole; damaged copies, and files of the same names of another data set, hide
  /// none that comes later.
  mutating func open(_ known: KnownDataset, in folders: [String], cache: String?) -> Dataset? {
    let files = DatasetFiles(known, cache: cache)
    for found in candidates(known, in: folders) {
      do throws(DatasetError) {
        switch try files.open(found) {
        case .dataset(let dataset): return dataset
        case .another(let other):
          others.append("\(found.archive ?? found.folder) holds \(other.title) (\(other.name))")
        }
      } catch { damaged.append(error) }
    }
    return nil
  }

  /// The files at a place are those of another known data set.
  static func another(_ known: KnownDataset, _ found: FileSearch.Found) -> DatasetError {
    DatasetError(
      .corrupt, file: found.archive ?? found.folder,
      "these are the files of \(known.title)", advice: "use the data set \"\(known.name)\"")
  }

  /// Nothing was found that could be used.
  func missing(_ known: KnownDataset, _ why: String, ways: String) -> DatasetError {
    let looked = "looked in \(search.visited.joined(separator: ", "))"
    let unreadable = search.unreadable.map { "; \($0.path) is \($0.form.title)" }.joined()
    let others = others.map { "; \($0)" }.joined()
    let instead = search.unreadable.first.map { "needed is \($0.form.instead)\n" } ?? ""
    return DatasetError(
      .missing, file: known.name, "not found\(why); \(looked)\(unreadable)\(others)",
      advice: instead + ways)
  }
}

extension KnownDataset {
  /// Other images in this set's format have its shape and classes, and counts of their own.
  fileprivate var shapeOnly: DatasetFacts {
    var facts = facts
    (facts.training, facts.test) = (0, 0)
    return facts
  }
}
