import Canonical
import Durable

extension ResultFolder {
  /// Finds out before anything is trained whether the folder can take what will be written: makes it and
  /// the folders below it, and looks for files that are somebody else's.
  /// - Throws: `Problem.occupied`, `FileError`.
  package func prepare(for study: StudySpec) throws {
    try Folder.create(path)
    try Self.probe(path)
    var names = [Self.provenanceName, Self.runsName, Self.timingsName] + Self.tableNames
    let measured = study.upperBound.flatMap {
      ($0.example.spec.setup?.measurements ?? []).map { type(of: $0).name }
    }
    names += Set(measured).sorted().map { Self.seriesPrefix + SeriesCSV.fileName($0) }
    for folder in [Self.seriesPrefix, Self.figuresPrefix] where FileContents.exists(file(folder)) {
      try Self.probe(file(folder))
    }
    let own = try ownFiles()
    for name in names where FileContents.exists(file(name)) && !own.contains(name) {
      throw Problem.occupied(path: file(name))
    }
  }

  /// Writes a file, and removes it.
  private static func probe(_ folder: String) throws(FileError) {
    let name = PathName.join(folder, ".regbench-probe")
    try AtomicFile.write("", to: name)
    try Folder.removeFile(name)
  }

  /// Writes the records; files whose contents would not change are left alone, and series that no run has
  /// any more are removed.
  package func write(
    _ runs: [FinishedRun], axes: [String], _ provenance: Provenance
  ) throws {
    try Folder.create(path)
    let seriesTexts = Dictionary(
      uniqueKeysWithValues: SeriesRun.byName(runs).map { name, runs in
        (Self.seriesPrefix + SeriesCSV.fileName(name), SeriesCSV.text(name, runs, axes: axes))
      })
    let before = try ownFiles()
    let names = [Self.provenanceName, Self.runsName, Self.timingsName] + Self.tableNames
    let own = before.union(names).union(seriesTexts.keys)
    var provenance = provenance
    provenance.files = own.sorted()
    // What a file is must be known before it is there, whenever this process ends.
    if !own.isSubset(of: before) { try writeOwn(provenance.json.prettyText, Self.provenanceName) }
    try replace(seriesTexts, own: own, removing: Self.seriesPrefix)
    let timings = runs.map(\.timing)
    try keepTimings(of: Set(timings.map(\.id)))
    try writeOwn(RecordedRuns.csv(runs.map(\.record), axes: axes), Self.runsName)
    try writeOwn(RunTiming.csv(timings), Self.timingsName)
    provenance.files = own.filter {
      !$0.hasPrefix(Self.seriesPrefix) || seriesTexts[$0] != nil
    }.sorted()
    try writeOwn(provenance.json.prettyText, Self.provenanceName)
  }

  /// Whether runs.csv holds just these records, as the last call of `write` has left it.
  package func holds(_ records: [RunRecord], axes: [String]) -> Bool {
    (try? FileContents.read(file(Self.runsName)))
      == Array(RecordedRuns.csv(records, axes: axes).utf8)
  }

  /// Writes files that are made of the records, each whole or not at all, and removes those below
  /// `prefix` that regbench has written before and that are no longer among them.
  /// - Throws: `Problem.occupied` where another's file is in the way, `FileError`.
  package func write(_ texts: [String: String], removing prefix: String?) throws {
    var own = try ownFiles()
    try Folder.create(path)
    if let provenance = try provenance(), let files = provenance.files {
      own = Set(files).union(texts.keys)
      for name in texts.keys.sorted() where !files.contains(name) {
        guard !FileContents.exists(file(name)) else {
          throw Problem.occupied(path: file(name))
        }
      }
      var changed = provenance
      changed.files = own.sorted()
      if changed.files != files { try writeOwn(changed.json.prettyText, Self.provenanceName) }
    }
    try replace(texts, own: own, removing: prefix)
  }

  private func replace(
    _ texts: [String: String], own: Set<String>, removing prefix: String?
  ) throws {
    for name in texts.keys.sorted() {
      guard own.contains(name) || !FileContents.exists(file(name)) else {
        throw Problem.occupied(path: file(name))
      }
      try Folder.create(PathName.parent(of: file(name)))
      try writeOwn(texts[name] ?? "", name)
    }
    guard let prefix else { return }
    for name in own.sorted() where name.hasPrefix(prefix) && texts[name] == nil {
      if FileContents.exists(file(name)) { try Folder.removeFile(file(name)) }
    }
  }

  /// The files that regbench has written, as its own record says. Earlier versions have recorded none:
  /// then those are meant that the recorded study makes it write. Where the record is lost, those are
  /// meant that can be told by what they hold.
  private func ownFiles() throws(Problem) -> Set<String> {
    let provenance = try provenance()
    if let files = provenance?.files { return Set(files) }
    let recorded = try? runs()
    var own: Set<String> = []
    if provenance != nil {
      own = [Self.provenanceName]
      let figures = (try? study())?.figures.map(\.name) ?? []
      own.formUnion(
        names(in: Self.figuresPrefix).filter { name in
          name.hasSuffix(".svg") && figures.contains { name.hasPrefix($0) }
        }.map { Self.figuresPrefix + $0 })
    } else if recorded == nil {
      return []
    }
    own.formUnion([Self.runsName, Self.timingsName] + Self.tableNames)
    let known = Set(recorded?.records.map(\.id) ?? [])
    for name in names(in: Self.seriesPrefix) {
      guard let series = SeriesCSV.series(inFile: name),
        let bytes = try? FileContents.read(file(Self.seriesPrefix + name)),
        let runs = try? SeriesCSV.parse(
          String(decoding: bytes, as: UTF8.self), name: series, file: name
        ).get(), runs.allSatisfy({ known.contains($0.id) })
      else { continue }
      own.insert(Self.seriesPrefix + name)
    }
    return own
  }

  private func names(in folder: String) -> [String] {
    (try? Folder.entries(file(folder))) ?? []
  }

  /// Leaves in timings.csv only runs that stay: it must never name one that runs.csv does not have.
  private func keepTimings(of ids: Set<String>) throws {
    let present = try timings()
    let staying = present.filter { ids.contains($0.id) }
    if staying.count != present.count {
      try writeOwn(RunTiming.csv(staying), Self.timingsName)
    }
  }

  private func writeOwn(_ text: String, _ name: String) throws(FileError) {
    let bytes = Array(text.utf8)
    if let present = try? FileContents.read(file(name)), present == bytes { return }
    try AtomicFile.write(bytes, to: file(name))
  }
}
