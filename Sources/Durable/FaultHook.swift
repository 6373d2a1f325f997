import Canonical
import Glibc
import Synchronization

/// Lets a test make any operation that changes the disk fail, or kill the process there.
///
/// Every such operation of the product asks here first. `REGBENCH_FAULT="rename:3:EIO"` makes the
/// third rename of the process fail; `any:17:kill` ends the process at its 17th operation of any
/// kind, as a power cut would; `write:2:torn` writes half of the second piece and then ends it;
/// `write:1:short` writes half of it and goes on. Several faults are separated by commas.
package enum FaultHook {
  /// Operations that change the disk.
  package enum Operation: String, CaseIterable, Sendable {
    /// Opening or creating a file for writing.
    case open
    /// Writing bytes.
    case write
    /// Waiting until file or folder is on the disk.
    case fsync
    /// Putting a finished file in its place.
    case rename
    /// Cutting a file short.
    case truncate
    /// Creating a folder.
    case create
    /// Removing a file or folder.
    case remove
  }

  /// What happens to an operation that a fault hits.
  package enum Effect: Hashable, Sendable {
    /// It fails with this number.
    case error(Int32)
    /// The process ends before it, as by `kill -9`.
    case kill
    /// Half of the bytes are written, then the process ends; at other operations like `kill`.
    case torn
    /// Only half of the bytes are written and the rest is left to another call.
    case short
  }

  /// A fault that waits for its turn.
  package struct Fault: Hashable, Sendable {
    /// The operation it hits; nil is any.
    package var operation: Operation?
    /// It hits the n-th such operation, counted from 1.
    package var turn: Int
    /// What it does.
    package var effect: Effect

    /// Describes a fault.
    package init(_ operation: Operation?, turn: Int, _ effect: Effect) {
      self.operation = operation
      self.turn = turn
      self.effect = effect
    }

    /// Reads `rename:3:EIO`; nil if it is not understood.
    package init?(_ text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, let turn = Int(parts[1]), turn > 0 else { return nil }
      let operation = Operation(rawValue: parts[0])
      guard operation != nil || parts[0] == "any", let effect = Effect(parts[2]) else { return nil }
      self.init(operation, turn: turn, effect)
    }
  }

  /// Counts the operations below one folder until its fault's turn comes. Faults are tied to a
  /// folder so that tests running side by side do not meet each other's.
  struct Plan {
    var folder: String
    var fault: Fault?
    var seen = 0

    mutating func effect(_ operation: Operation, _ path: String) -> Effect? {
      guard path.hasPrefix(folder) else { return nil }
      if let wanted = fault?.operation, wanted != operation { return nil }
      seen += 1
      return seen == fault?.turn ? fault?.effect : nil
    }
  }

  private static let isArmed = Atomic<Bool>(false)
  private static let plans = Mutex<[Int: Plan]>([:])

  /// A text that does not describe faults.
  package struct InvalidFault: ReportedError {
    package let text: String
    package var kind: ErrorKind { .usage }
    package var message: String {
      "REGBENCH_FAULT: \"\(text)\" is not <operation>:<n>:<ERRNO|kill|torn|short>"
    }
    package var advice: String? { nil }
  }

  /// Sets the faults of a list such as `rename:3:EIO,any:17:kill`, which hit anywhere.
  /// - Throws: `InvalidFault`: a mistyped fault that never strikes would make a crash test pass for
  ///   nothing.
  package static func arm(_ list: String) throws(InvalidFault) {
    for (number, text) in list.split(separator: ",").enumerated() {
      guard let fault = Fault(String(text)) else { throw InvalidFault(text: String(text)) }
      plans.withLock { $0[-1 - number] = Plan(folder: "", fault: fault) }
      isArmed.store(true, ordering: .releasing)
    }
  }

  /// Asks whether the operation may go on; throws, or ends the process, where a fault says so.
  package static func check(_ operation: Operation, _ path: String) throws(FileError) {
    switch effect(operation, path) {
    case nil, .short: return
    case .error(let code):
      throw FileError(path: path, operation: operation.ofFile, code: code)
    case .kill, .torn: endProcess()
    }
  }

  /// The effect due now, for callers that can do half of their work.
  static func effect(_ operation: Operation, _ path: String) -> Effect? {
    guard isArmed.load(ordering: .acquiring) else { return nil }
    return plans.withLock { plans in
      var due: Effect?
      for key in plans.keys.sorted() {
        due = plans[key]?.effect(operation, path) ?? due
      }
      return due
    }
  }

  static func endProcess() -> Never {
    kill(getpid(), SIGKILL)
    while true { pause() }
  }

  /// Runs `body` with a fault below `folder` (nil only counts), for tests in the same process.
  /// - Returns: the result and the number of operations that could have been hit.
  package static func during<Result>(
    _ fault: Fault?, under folder: String, _ body: () throws -> Result
  ) rethrows -> (result: Result, operations: Int) {
    let key = plans.withLock { plans in
      let key = (plans.keys.max() ?? 0) + 1
      plans[key] = Plan(folder: folder, fault: fault)
      return key
    }
    isArmed.store(true, ordering: .releasing)
    defer { plans.withLock { _ = $0.removeValue(forKey: key) } }
    let result = try body()
    return (result, plans.withLock { $0[key]?.seen ?? 0 })
  }
}

extension FaultHook.Operation {
  /// What an error calls it.
  fileprivate var ofFile: FileError.Operation {
    switch self {
    case .open: .openForWriting
    case .write: .write
    case .fsync: .fsync
    case .rename: .rename
    case .truncate: .truncate
    case .create: .create
    case .remove: .remove
    }
  }
}

extension FaultHook.Effect {
  /// The errors that disks, quotas and shared folders produce.
  private static let errors: [String: Int32] = [
    "EIO": EIO, "ENOSPC": ENOSPC, "EDQUOT": EDQUOT, "EACCES": EACCES, "EPERM": EPERM,
    "EROFS": EROFS, "EMFILE": EMFILE, "EINTR": EINTR, "ENOENT": ENOENT, "ESTALE": ESTALE,
    "EFBIG": EFBIG, "ENOTDIR": ENOTDIR, "EXDEV": EXDEV,
  ]

  init?(_ text: String) {
    switch text {
    case "kill": self = .kill
    case "torn": self = .torn
    case "short": self = .short
    default:
      guard let code = Self.errors[text] else { return nil }
      self = .error(code)
    }
  }
}
