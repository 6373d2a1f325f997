import Durable

/// Runs a piece of work again and again, with a fault at its first, second, … operation on the
/// disk, until it comes through without meeting the fault.
package enum FaultInjection {
  /// What one attempt met.
  package struct Attempt<Result> {
    /// Which operation was hit, counted from 1.
    package let turn: Int
    /// What the work returned or threw.
    package let outcome: Swift.Result<Result, any Error>
  }

  /// The number of operations that `work` makes below `folder`.
  package static func operations(
    _ operation: FaultHook.Operation? = nil, under folder: String, _ work: () throws -> Void
  ) rethrows -> Int {
    // A turn that never comes: only operations of this kind are counted.
    try FaultHook.during(
      FaultHook.Fault(operation, turn: .max, .short), under: folder, work
    ).operations
  }

  /// Attempts `work` with `effect` at each operation in turn; `prepare` restores the folder before
  /// each, and `check` judges what each left behind.
  /// - Returns: how many operations were hit.
  @discardableResult
  package static func everywhere<Result>(
    _ effect: FaultHook.Effect, _ operation: FaultHook.Operation? = nil, under folder: String,
    prepare: () throws -> Void, work: () throws -> Result,
    check: (Attempt<Result>) throws -> Void
  ) throws -> Int {
    var turn = 1
    while true {
      try prepare()
      let fault = FaultHook.Fault(operation, turn: turn, effect)
      let attempt = FaultHook.during(fault, under: folder) {
        Swift.Result { try work() }
      }
      guard attempt.operations >= turn else { return turn - 1 }
      try check(Attempt(turn: turn, outcome: attempt.result))
      turn += 1
    }
  }
}
