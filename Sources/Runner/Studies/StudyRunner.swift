import Canonical
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
    // What cannot be written in the end is found out before anything is downloaded or trained.
    try prepareFolders()
    return try run(data: prepareData()) { [options] in
      ProcessPool(
        program: options.workerProgram, logFolder: options.runsFolder,
        options: options.workerOptions)
    }
  }

  /// The same with data that were found before and with workers of any kind.
  func run(
    data: [String: Provenance.Data], makePool: () -> any WorkerPool
  ) throws -> RunSummary {
    let start = MonotonicClock.seconds()
    try prepareFolders()
    let claims = try ClaimFolder(RunFolder.claims(in: options.runsFolder), owner: owner, now: now)
    defer { claims.releaseAll() }
    for folder in [options.runsFolder, options.outFolder, results.file("series")] {
      AtomicFile.removeStale(in: folder)
    }
    let journal = try openJournal(claims)
    let (progress, incomplete, setAside, taken) = try progress(journal, data)

    let footprint = StudyFootprint(progress.agenda.missingRuns)
    try checkMemory(footprint)
    let plan = schedulerPlan(progress, footprint)
    tellFound(progress, try results.provenance())
    if !taken.isEmpty { observer.handle(.taken(taken)) }
    if incomplete > 0 { observer.handle(.incomplete(runs: incomplete)) }
    if setAside > 0 {
      observer.handle(
        .setAside(runs: setAside, from: results.file("runs.csv"), to: journal.path))
    }
    tellPlan(progress, plan)
    try checkDisk(progress, footprint, plan)
    try describe(progress, plan)
    let ready = ReadyCells(
      progress, claims, shard: options.shard, priority: options.priority,
      suffices: options.suffices)
    let scheduler = Scheduler(
      plan, progress, ready, makePool(), now: now, tell: observer.handle)
    let ending = Result {
      try progress.agenda.missingCount > 0 ? scheduler.run() : .complete
    }
    // Whatever ended the training, what was trained is recorded.
    let written = Result { try write(progress, trained: scheduler.trained) }
    let outcome = try ending.get()
    try written.get()
    let missing = progress.agenda.missingCount
    if outcome == .interrupted { observer.handle(.interrupted(remaining: missing)) }
    return RunSummary(
      outcome: outcome, runs: progress.finished, trained: scheduler.trained,
      failures: scheduler.failuresInOrder, missing: missing,
      seconds: MonotonicClock.seconds() - start)
  }

  private var results: ResultFolder { ResultFolder(options.outFolder) }
  private var lockPath: String { RunFolder.lock(in: options.runsFolder) }

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

  private func prepareFolders() throws {
    try Folder.create(options.runsFolder)
    try results.prepare(for: study)
  }

  /// Opens the journal, emptied if everything is to be trained again. Who has opened it holds a claim,
  /// so that nobody empties it under another's hands.
  private func openJournal(_ claims: ClaimFolder) throws -> Journal {
    let lock = try waitForLock()
    defer { withExtendedLifetime(lock) {} }
    if options.fresh { try forget() }
    _ = try claims.take("process-\(SHA256.hex(Array(owner.text.utf8)).prefix(16))")
    return try Journal(runsFolder: options.runsFolder)
  }

  private func waitForLock() throws -> FolderLock {
    if let lock = try FolderLock.waiting(lockPath, seconds: Self.lockSeconds) { return lock }
    throw RunnerError.folderInUse(
      path: options.runsFolder, holder: FolderLock.holder(lockPath))
  }

  /// Removes everything that an earlier call left in the runs folder.
  private func forget() throws {
    let living = ClaimFolder.living(in: RunFolder.claims(in: options.runsFolder))
    guard living.isEmpty else {
      throw RunnerError.folderInUse(
        path: options.runsFolder, holder: living.joined(separator: ", "))
    }
    // Locks and claims may be in use; whatever else lies there is the user's.
    for name in try Folder.entries(options.runsFolder)
    where RunFolder.isOwn(name) && !RunFolder.isShared(name) {
      try Folder.remove(PathName.join(options.runsFolder, name))
    }
  }

  /// What is finished by now: what the result folder holds, what the journal does, and what other
  /// result folders of the study do. Rows of runs.csv that are not as they were written, or not those
  /// of their cells, count only if the journal has the runs.
  /// - Returns: also how many runs were recorded with series that are missing or others, how many are
  ///   recorded but not needed any more, and what was taken from other folders.
  private func progress(
    _ journal: Journal, _ data: [String: Provenance.Data]
  ) throws -> (progress: StudyProgress, incomplete: Int, setAside: Int, taken: [TakenRuns]) {
    let kept = try journal.news()
    var (recorded, incomplete, damage) =
      options.fresh ? ([], [], []) : try results.finishedRuns()
    let safe = Set(kept.map(\.record.id))
    let neighbours = neighbours
    var others = neighbours?.runs(without: safe.union(recorded.map(\.record.id))) ?? []
    let ids = try ids(data)
    func make() -> StudyProgress {
      StudyProgress(
        study, ids: ids, journal: journal, runs: others + recorded + kept,
        origin: StudyProgress.Origin(
          build: options.build, host: HostFacts.current))
    }
    var progress = make()
    var differences = progress.agenda.differences
    // What only looks like a run of this study is not taken.
    let strange = Set(differences.map(\.id)).intersection(others.map(\.record.id))
    if !strange.isEmpty {
      others.removeAll { strange.contains($0.record.id) }
      differences.removeAll { strange.contains($0.id) }
      progress = make()
    }
    damage += differences.filter { !safe.contains($0.id) }.map { run in
      RecordedRuns.Damage(
        of: run.id, in: results.file("runs.csv"), line: 1,
        "the row of run \(run.id) is not that of its cell: \(run.message)")
    }
    damage.removeAll { safe.contains($0.id) }
    if !damage.isEmpty {
      guard options.retrainsDamaged else {
        throw ResultFolder.Problem.damaged(damage.map(\.diagnostic))
      }
      let lost = Set(damage.map(\.id))
      recorded.removeAll { lost.contains($0.record.id) }
      progress = make()
    }
    let foreign = Set(others.map(\.record.id))
    // Rows that the study has no use for make way in runs.csv, but are not thrown away.
    let own = Set(recorded.map(\.record.id))
    let setAside = progress.unused.filter { own.contains($0.record.id) }
    for run in setAside where !safe.contains(run.record.id) { try journal.append(run) }
    // Whoever looks at this study finds them here.
    let taken = progress.finished.filter { foreign.contains($0.record.id) }
    for run in taken { try journal.append(run) }
    return (
      progress, incomplete.count { !safe.contains($0) }, setAside.count,
      neighbours?.counts(of: Set(taken.map(\.record.id))) ?? []
    )
  }

  private func ids(_ data: [String: Provenance.Data]) throws -> RunIDs {
    RunIDs(
      data: data,
      weights: try InitialWeights.digests(of: study) { observer.handle(.preparing($0)) })
  }

  /// The study's other result folders; nil where everything is to be trained again.
  private var neighbours: NeighbouringRuns? {
    options.fresh ? nil : NeighbouringRuns(of: study, besides: options.outFolder)
  }

  /// What `run` would train now. Nothing is trained, written or downloaded.
  package func preview() throws -> StudyPreview {
    let recorded = options.fresh ? [] : try results.finishedRuns().runs
    let kept = options.fresh ? [] : try Journal.runs(in: options.runsFolder, except: [])
    let neighbours = neighbours
    let others =
      neighbours?.runs(without: Set((recorded + kept).map(\.record.id))) ?? []
    let runs = others + recorded + kept
    let agenda = StudyAgenda(
      study, ids: try ids(prepareData()), records: runs.map(\.record))
    let taken = Set(others.map(\.record.id)).filter { agenda.run($0) != nil }
    let jobs = jobs(StudyFootprint(agenda.missingRuns), HostFacts.current)
    return StudyPreview(
      agenda, StudyCosts(agenda, runs), plan: StudyPlan(in: options.runsFolder),
      taken: neighbours?.counts(of: taken) ?? [], jobs: jobs,
      cores: cores(jobs, HostFacts.current))
  }

  /// A cell that the machine can never hold would take it down with it.
  private func checkMemory(_ footprint: StudyFootprint) throws(RunnerError) {
    guard let largest = footprint.largest, let total = memory().total,
      largest.megabytes > total
    else { return }
    throw .memoryTooSmall(
      cell: largest.cell.name, neededMegabytes: largest.megabytes, totalMegabytes: total)
  }

  private func schedulerPlan(
    _ progress: StudyProgress, _ footprint: StudyFootprint
  ) -> Scheduler.Plan {
    let host = progress.origin.host
    let jobs = jobs(footprint, host)
    if let asked = options.jobs, jobs < asked {
      observer.handle(.fewerJobs(jobs, of: asked))
    }
    return Scheduler.Plan(
      runsFolder: options.runsFolder, jobs: jobs, threads: options.threads,
      cores: threadsInAll(jobs, host), hostCores: host.cores,
      checkpointSeconds: options.checkpointSeconds, dataFolder: options.dataFolder,
      keepsWeights: options.keepsWeights, retries: options.retries, failsFast: options.failsFast,
      budgetSeconds: options.budgetSeconds)
  }

  /// Cells at a time: as many as were asked for or as there are cores, and as memory allows.
  private func jobs(_ footprint: StudyFootprint, _ host: HostFacts) -> Int {
    let wanted = options.jobs ?? max(1, host.cores / max(1, options.threads ?? 1))
    let fitting = memory().free.map { footprint.workers(freeMegabytes: $0) } ?? wanted
    return max(1, min(wanted, fitting))
  }

  /// Threads in all. Who asks for a number of jobs gets so many, however few cores there are.
  private func threadsInAll(_ jobs: Int, _ host: HostFacts) -> Int {
    let threads = options.threads ?? 1
    return options.jobs == nil ? max(host.cores, threads) : jobs * threads
  }

  /// Cores that work at a time.
  private func cores(_ jobs: Int, _ host: HostFacts) -> Int {
    min(threadsInAll(jobs, host), host.cores)
  }

  /// A disk that fills up in the night is better known of in the evening.
  private func checkDisk(
    _ progress: StudyProgress, _ footprint: StudyFootprint, _ plan: Scheduler.Plan
  ) throws(RunnerError) {
    let needed = footprint.diskBytes(jobs: plan.jobs)
    guard progress.agenda.missingCount > 0, let free = freeDisk(options.runsFolder), free < needed
    else { return }
    throw .diskTooSmall(path: options.runsFolder, needed: needed, free: free)
  }

  /// Leaves word of what is being done, for those who look at the folder meanwhile.
  private func describe(_ progress: StudyProgress, _ plan: Scheduler.Plan) throws {
    try StudyNote(
      outFolder: options.outFolder, study: study.snapshot, ids: progress.ids,
      commandLine: options.commandLine, started: Timestamp.now,
      missing: progress.agenda.missingCount,
      estimatedSeconds: progress.missingSeconds / Double(plan.workingCores)
    ).write(to: options.runsFolder)
  }

  private func tellFound(_ progress: StudyProgress, _ provenance: Provenance?) {
    let count = progress.agenda.finishedCount
    guard count > 0 else { return }
    let timings = progress.finished.map(\.timing).filter { !$0.date.isEmpty }
    let latest = timings.max { $0.date < $1.date }
    let session = provenance?.sessions.last
    observer.handle(
      .found(
        FoundRuns(
          count: count, date: (latest?.date ?? session?.date).map { String($0.prefix(10)) },
          cpu: latest?.cpu ?? session?.cpu)))
  }

  private func tellPlan(_ progress: StudyProgress, _ plan: Scheduler.Plan) {
    let missing = progress.agenda.missingCount
    observer.handle(
      .planned(
        RunPlan(
          finished: progress.agenda.finishedCount, missing: missing,
          seconds: missing > 0 ? progress.missingSeconds / Double(plan.workingCores) : nil,
          jobs: plan.jobs,
          threads: plan.threads ?? 1)))
  }

  // MARK: - After

  /// Writes the records of all finished runs of the study.
  private func write(_ progress: StudyProgress, trained: Int) throws {
    // One process at a time, and each with all that is known by then: the last one's files are
    // those of the whole study.
    let lock = try waitForLock()
    defer { withExtendedLifetime(lock) {} }
    try progress.refresh()
    let runs = progress.finished
    guard !runs.isEmpty else { return }
    do {
      var sessions = options.fresh ? [] : try results.provenance()?.sessions ?? []
      if trained > 0, let worker = progress.origin.worker {
        sessions.append(session(progress.origin.host, worker, trained))
      }
      let data = progress.ids.data
      try results.write(
        runs, axes: study.axes.map(\.key),
        Provenance(
          study: study.name, profile: study.profile, engineRevision: EngineRevision.current,
          data: data.keys.sorted().compactMap { data[$0] }, sessions: sessions, files: nil,
          resolved: study.snapshot))
    } catch let error as FileError {
      throw RunnerError.resultNotWritten(
        reason: error.message, runs: runs.count, runsFolder: options.runsFolder)
    }
  }

  private func session(
    _ host: HostFacts, _ worker: WorkerFacts, _ trained: Int
  ) -> Provenance.Session {
    Provenance.Session(
      date: Timestamp.now, build: options.build, commandLine: options.commandLine, runs: trained,
      host: host.name, cpu: host.cpu, cores: host.cores, memoryMegabytes: host.memoryMegabytes,
      system: host.system, openBLASCore: worker.openBLASCore,
      openBLASConfig: worker.openBLASConfig)
  }
}
