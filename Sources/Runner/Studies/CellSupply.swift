import Durable
import Study

/// Hands out the cells that this process may train: those that can start, the own share first, that
/// nobody else has claimed.
final class CellSupply {
  private let book: StudyBook
  private let claims: ClaimFolder
  private let shard: Shard?
  private let priority: CellPriority
  private let suffices: (([RunRecord]) -> Bool)?
  private var foreign: [String: String] = [:]

  /// Fewer runs of a row than this say nothing about their spread.
  static let fewestTrials = 3

  init(
    _ book: StudyBook, _ claims: ClaimFolder, shard: Shard? = nil,
    priority: CellPriority = CellPriority(), suffices: (([RunRecord]) -> Bool)? = nil
  ) {
    self.book = book
    self.claims = claims
    self.shard = shard
    self.priority = priority
    self.suffices = suffices
  }

  /// Who trains what could otherwise start here: host and process.
  var holders: [String] { Set(foreign.values).sorted() }

  /// The cells that could start, in the order in which this process should take them.
  func waiting(without ids: Set<String>) -> [Cell] {
    // With a rule about what suffices, a trial starts when the one before is complete and more are
    // needed, so that where it ends does not depend on who was fast.
    let latest = latestTrial
    let cells = priority.ordered(
      book.runnable(without: ids).filter { $0.stage != .final || $0.trial <= latest })
    guard let shard else { return cells }
    let own = cells.map { shard.prefers(book.id(of: $0)) }
    return zip(cells, own).filter(\.1).map(\.0) + zip(cells, own).filter { !$0.1 }.map(\.0)
  }

  /// Claims the first of the cells that is free; nil if others have all of them.
  func take(from cells: [Cell]) throws -> Cell? {
    foreign = [:]
    for cell in cells {
      let id = book.id(of: cell)
      switch try claims.take(id) {
      case .held(let holder): foreign[id] = holder
      case .taken:
        // Its owner may have finished it between the last look and the claim.
        try book.refresh()
        if !book.isFinished(id) { return cell }
        claims.release(id)
      }
    }
    return nil
  }

  /// Gives a cell back, finished or not.
  func release(_ id: String) { claims.release(id) }

  /// Shows others that this process lives.
  func beat() { claims.beat() }

  /// The latest trial that may be trained.
  private var latestTrial: Int {
    guard let suffices else { return .max }
    let complete = book.completeTrials
    guard complete >= Self.fewestTrials else { return complete + 1 }
    let runs = book.finished.map(\.record).filter { $0.stage == .final && $0.trial <= complete }
    return suffices(runs) ? complete : complete + 1
  }
}
