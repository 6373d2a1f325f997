import Durable
import Study

/// Hands out the cells that this process may train: those that can start, the own share first, that
/// nobody else has claimed.
final class ReadyCells {
  private let progress: StudyProgress
  private let claims: ClaimFolder
  private let shard: Shard?
  private let priority: CellPriority
  private let suffices: (([RunRecord]) -> Bool)?
  private var queue = Queue()
  private var foreign: [String: String] = [:]
  private var sufficed: (trials: Int, suffices: Bool)?

  init(
    _ progress: StudyProgress, _ claims: ClaimFolder, shard: Shard? = nil,
    priority: CellPriority = CellPriority(), suffices: (([RunRecord]) -> Bool)? = nil
  ) {
    self.progress = progress
    self.claims = claims
    self.shard = shard
    self.priority = priority
    self.suffices = suffices
  }

  /// Who trains what could otherwise start here: host and process.
  var holders: [String] { Set(foreign.values).sorted() }

  /// The first cells that could start, in the order in which this process should take them, but for
  /// some.
  func first(_ count: Int, without ids: Set<String>) -> [String] {
    var found: [String] = []
    scan(without: ids) { id in
      found.append(id)
      return found.count < count
    }
    return found
  }

  /// Claims the first cell that is free; nil if others have all of them.
  func take(without ids: Set<String>) throws -> (id: String, cell: Cell)? {
    foreign = [:]
    var taken: (id: String, cell: Cell)?
    var problem: (any Error)?
    scan(without: ids) { id in
      do {
        switch try claims.take(id) {
        case .held(let holder): foreign[id] = holder
        case .taken:
          // Its owner may have finished it between the last look and the claim.
          try progress.refresh()
          if !progress.agenda.isFinished(id), let cell = progress.agenda.cell(id) {
            taken = (id, cell)
            return false
          }
          claims.release(id)
        }
        return true
      } catch {
        problem = error
        return false
      }
    }
    if let problem { throw problem }
    return taken
  }

  /// Gives a cell back, finished or not.
  func release(_ id: String) { claims.release(id) }

  /// Shows others that this process lives.
  func renew() { claims.renew() }

  /// Visits the cells that could start, in order, until `visit` returns false.
  private func scan(without ids: Set<String>, _ visit: (String) -> Bool) {
    for (id, run) in progress.agenda.takeOpened() { queue.insert(entry(id, run)) }
    // With a rule about what suffices, a trial starts when the one before is complete and more are
    // needed, so that where it ends does not depend on who was fast.
    let latest = latestTrial
    let isInOrderOfTrials = shard == nil && priority.isPlain
    var seen: [Queue.Entry] = []
    while let entry = queue.popFirst() {
      if progress.agenda.isFinished(entry.id) { continue }
      seen.append(entry)
      if entry.trial > latest {
        if isInOrderOfTrials { break }
        continue
      }
      if !ids.contains(entry.id), !visit(entry.id) { break }
    }
    for entry in seen { queue.insert(entry) }
  }

  private func entry(_ id: String, _ run: StudyAgenda.Run) -> Queue.Entry {
    let isOwn = shard?.prefers(id) ?? true
    let rank = priority.isPlain ? 0 : progress.agenda.cell(id).map(priority.rank) ?? 0
    return Queue.Entry(id: id, trial: run.trial, place: [isOwn ? 0 : 1, rank] + run.workOrder)
  }

  /// The latest trial that may be trained.
  private var latestTrial: Int {
    guard let suffices else { return .max }
    let complete = progress.agenda.completeTrials
    guard complete >= StoppingRule.firstStage else { return complete + 1 }
    if sufficed?.trials != complete {
      sufficed = (complete, suffices(progress.finalRecords(trials: complete)))
    }
    return sufficed?.suffices == true ? complete : complete + 1
  }
}

/// A heap: the smallest place first.
private struct Queue {
  struct Entry {
    let id: String
    let trial: Int
    let place: [Int]
  }

  private var entries: [Entry] = []

  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(child, parent) else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popFirst() -> Entry? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    guard !entries.isEmpty else { return first }
    entries[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < entries.count && precedes(child, smallest) {
        smallest = child
      }
      if smallest == parent { return first }
      entries.swapAt(parent, smallest)
      parent = smallest
    }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    entries[a].place.lexicographicallyPrecedes(entries[b].place)
  }
}
