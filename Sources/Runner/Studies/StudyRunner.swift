import Datasets
import Durable
import Engine
import Model
import Study
import System

/// Trains what is missing of a study, in worker processes, and writes its records.
///
///     let folders = StudyFolders(study)
///     let options = RunOptions(outFolder: folders.result, runsFolder: folders.runs)
///     let summary = try StudyRunner(study, options, observer: display).run()
package final class StudyRunner {
  package let study: StudySpec
  package let options: RunOptions
  private let observer: any RunObserver
  /// This process as others see it; tests play several.
  var owner = ProcessIdentity.current
  /// Seconds of the monotonic clock.
  var now: () -> Double = MonotonicClock.seconds
  /// Megabytes that workers may take now, and that the machine has.
  var memory: () -> (free: Int?, total: Int?) = {
    (FreeMemory.megabytes, FreeMemory.totalMegabytes)
  }
  /// Bytes that a file system still takes.
  var freeDisk: (String) -> Int? = DiskSpace.free

  /// The longest time for which records of another process are waited for.
  private static let lockSeconds = 60.0

  /// Prepares nothing yet.
  package init(_ study: StudySpec, _ options: RunOptions, observer: any RunObserver) {
    self.study = study
    self.options = options
    self.observer = observer
  }

  /// Trains what is missing. Call it on a thread that lives as long as the process: workers end
  /// with the thread that started them.
  /// - Returns: how it ended; failed cells and interruption are no errors.
  /// - Throws: `DatasetError` where data are missing or damaged, `WeightsError` where initial weights
  ///   are, `FileError` where records cannot be kept, `RunnerError` for the rest.
  package func run() throws -> RunSummary {
    try run(data: prepareData()) { [options] in
      ProcessPool(
        program: options.workerProgram, logFolder: options.runsFolder, isNice: options.isNice)
    }
  }

  /// The same with data that were found before and with workers of any kind.
  func run(
    data: [String: Provenance.Data], makePool: () -> any WorkerPool
  ) throws -> RunSummary {
    let start = MonotonicClock.seconds()
    try Folder.create(options.runsFolder)
    if options.fresh { try forget() }
    let claims = try ClaimFolder(RunFolder.claims(in: options.runsFolder), owner: owner, now: now)
    defer { claims.releaseAll() }
    let series = SeriesFolder(in: options.outFolder).path
    for folder in [options.runsFolder, options.outFolder, series] { AtomicFile.sweep(folder) }

    let results = RecordFolder(options.outFolder)
    let provenance = try results.provenance()
    let journal = try Journal(runsFolder: options.runsFolder)
    let journaled = try journal.entries()
    let recorded = options.fresh ? [] : try results.entries()
    let known = Set((recorded + journaled).map(\.record.id))
    let incomplete =
      options.fresh ? [] : try results.records().filter { !known.contains($0.id) }
    let host = HostFacts.current
    let ids = RunIDs(
      data: data,
      weights: try InitialWeights.digests(of: study) { observer.handle(.preparing($0)) })
    let book = StudyBook(
      study, ids: ids, journal: journal, entries: recorded + journaled,
      place: StudyBook.Place(
        build: options.build, host: host,
        openBLAS: WorkerFacts(
          openBLASCore: CPU.openBLASCore, openBLASConfig: CPU.openBLASConfig)))
    // Rows that the study has no use for make way in runs.csv, but are not thrown away.
    let safe = Set(journaled.map(\.record.id))
    for entry in book.leftOver where !safe.contains(entry.record.id) { try journal.append(entry) }

    let footprint = StudyFootprint(book.missingRuns)
    try checkMemory(footprint)
    let plan = schedulerPlan(host, footprint)
    tellFound(book, provenance)
    if !incomplete.isEmpty { observer.handle(.incomplete(runs: incomplete.count)) }
    tellPlan(book, plan)
    try checkDisk(book, footprint, plan)
    try describe(book, plan)
    let supply = CellSupply(
      book, claims, shard: options.shard, priority: options.priority,
      suffices: options.suffices)
    let scheduler = Scheduler(
      plan, book, supply, makePool(), now: now, tell: observer.handle)
    let ending = Result { try book.missing > 0 ? scheduler.run() : .complete }
    // Whatever ended the training, what was trained is recorded.
    let written = Result {
      try write(book, results, data: data, trained: scheduler.trained, host)
    }
    let outcome = try ending.get()
    try written.get()
    let missing = book.missing
    if outcome == .interrupted { observer.handle(.interrupted(remaining: missing)) }
    return RunSummary(
      outcome: outcome, records: book.finished.map(\.record), trained: scheduler.trained,
      failures: scheduler.failuresInOrder, missing: missing,
      seconds: MonotonicClock.seconds() - start)
  }

  // MARK: - Before

  /// Opens every data set of the study once, which downloads and decodes what is not there yet.
  private func prepareData() throws -> [String: Provenance.Data] {
    let locator = DatasetLocator(dataFolder: options.dataFolder, offline: options.offline)
    var found: [String: Provenance.Data] = [:]
    var counts: [String: Int] = [:]
    for runs in study.upperBound {
      let spec = runs.example.spec
      try checkCount(counts[spec.dataKey], spec)
      guard found[spec.dataKey] == nil else { continue }
      let dataset = try locator.open(spec.setup) { observer.handle(.preparing($0)) }
      counts[spec.dataKey] = dataset.facts.training
      try checkCount(dataset.facts.training, spec)
      found[spec.dataKey] = Provenance.Data(
        name: dataset.name, digest: dataset.digest, origin: dataset.origin,
        isVerified: dataset.isVerified)
    }
    return found
  }

  /// Where a study leaves the training size to the data, user files must have as many images
  /// as it was planned for.
  private func checkCount(_ count: Int?, _ spec: CellSpec) throws {
    guard let count, let setup = spec.setup, setup.trainSize == nil, let facts = setup.facts,
      facts.training != count
    else { return }
    throw DatasetError(
      .usage, file: setup.dataset.name,
      "\(count) training images, but the study counts on \(facts.training)",
      advice: "say \"facts\": {\"training\": \(count)} in the data set, or give a \"trainSize\"")
  }

  /// Removes everything that an earlier call left in the runs folder.
  private func forget() throws {
    let living = ClaimFolder.living(in: RunFolder.claims(in: options.runsFolder))
    guard living.isEmpty else {
      throw RunnerError.folderInUse(
        path: options.runsFolder, holder: living.joined(separator: ", "))
    }
    // Whatever else lies there is the user's.
    for name in try Folder.entries(options.runsFolder) where RunFolder.isOwn(name) {
      try Folder.remove(PathName.join(options.runsFolder, name))
    }
  }

  /// A cell that the machine can never hold would take it down with it.
  private func checkMemory(_ footprint: StudyFootprint) throws(RunnerError) {
    guard let largest = footprint.largest, let total = memory().total,
      largest.megabytes > total
    else { return }
    throw .memoryTooSmall(
      cell: largest.cell.name, neededMegabytes: largest.megabytes, totalMegabytes: total)
  }

  private func schedulerPlan(_ host: HostFacts, _ footprint: StudyFootprint) -> Scheduler.Plan {
    let threads = options.threads
    let wanted = options.jobs ?? max(1, host.cores / max(1, threads ?? 1))
    let fitting = memory().free.map { footprint.workers(freeMegabytes: $0) } ?? wanted
    let jobs = max(1, min(wanted, fitting))
    if let asked = options.jobs, jobs < asked {
      observer.handle(.fewerJobs(jobs, of: asked))
    }
    // Who asks for a number of jobs asks for so many busy cores.
    let cores = options.jobs.map { $0 * (threads ?? 1) } ?? max(host.cores, threads ?? 1)
    return Scheduler.Plan(
      runsFolder: options.runsFolder, jobs: jobs, threads: threads, cores: cores,
      checkpointSeconds: options.checkpointSeconds, dataFolder: options.dataFolder,
      keepsWeights: options.keepsWeights, retries: options.retries, failsFast: options.failsFast,
      budgetSeconds: options.budgetSeconds)
  }

  /// A disk that fills up in the night is better known of in the evening.
  private func checkDisk(
    _ book: StudyBook, _ footprint: StudyFootprint, _ plan: Scheduler.Plan
  ) throws(RunnerError) {
    let needed = footprint.diskBytes(jobs: plan.jobs)
    guard book.missing > 0, let free = freeDisk(options.runsFolder), free < needed else { return }
    throw .diskTooSmall(path: options.runsFolder, needed: needed, free: free)
  }

  /// Leaves word of what is being done, for those who look at the folder meanwhile.
  private func describe(_ book: StudyBook, _ plan: Scheduler.Plan) throws {
    let cores = Double(plan.cores)
    try StudyNote(
      outFolder: options.outFolder, study: study.snapshot, ids: book.ids,
      commandLine: options.commandLine, started: Timestamp.now, missing: book.missing,
      estimatedSeconds: book.missingSeconds / cores
    ).write(to: options.runsFolder)
  }

  private func tellFound(_ book: StudyBook, _ provenance: Provenance?) {
    let count = book.finishedCount
    guard count > 0 else { return }
    let timings = book.finished.map(\.timing).filter { !$0.date.isEmpty }
    let latest = timings.max { $0.date < $1.date }
    let session = provenance?.sessions.last
    observer.handle(
      .found(
        FoundRuns(
          count: count, date: (latest?.date ?? session?.date).map { String($0.prefix(10)) },
          cpu: latest?.cpu ?? session?.cpu)))
  }

  private func tellPlan(_ book: StudyBook, _ plan: Scheduler.Plan) {
    let missing = book.missing
    observer.handle(
      .planned(
        RunPlan(
          finished: book.finishedCount, missing: missing,
          seconds: missing > 0 ? book.missingSeconds / Double(plan.cores) : nil, jobs: plan.jobs,
          threads: plan.threads ?? 1)))
  }

  // MARK: - After

  /// Writes the records of all finished runs of the study.
  private func write(
    _ book: StudyBook, _ folder: RecordFolder, data: [String: Provenance.Data], trained: Int,
    _ host: HostFacts
  ) throws {
    // One process at a time, and each with all that is known by then: the last one's files are
    // those of the whole study.
    let lock = try FolderLock.waiting(
      PathName.join(options.runsFolder, "lock"), seconds: Self.lockSeconds)
    guard let lock else {
      throw RunnerError.folderInUse(
        path: options.runsFolder,
        holder: FolderLock.holder(PathName.join(options.runsFolder, "lock")))
    }
    defer { withExtendedLifetime(lock) {} }
    try book.refresh()
    let entries = book.finished
    guard !entries.isEmpty else { return }
    var sessions = options.fresh ? [] : try folder.provenance()?.sessions ?? []
    if trained > 0 {
      sessions.append(
        Provenance.Session(
          date: Timestamp.now, build: options.build, commandLine: options.commandLine,
          runs: trained, host: host.name, cpu: host.cpu, cores: host.cores,
          memoryMegabytes: host.memoryMegabytes, system: host.system,
          openBLASCore: book.place.openBLAS.openBLASCore,
          openBLASConfig: book.place.openBLAS.openBLASConfig))
    }
    let used = data.keys.sorted().compactMap { data[$0] }
    try folder.write(
      entries, axes: study.axes.map(\.key),
      Provenance(
        study: study.name, profile: study.profile, engineRevision: EngineRevision.current,
        data: used, sessions: sessions, resolved: study.snapshot))
  }
}
