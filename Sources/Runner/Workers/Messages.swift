import Canonical
import Study

/// What the parent says to a worker: one JSON object a line.
enum ParentMessage: Equatable {
  /// Train this cell.
  case cell(CellOrder)
  /// Finish the batch, save the state, and leave.
  case stop

  var json: JSONValue {
    switch self {
    case .cell(let order): order.json
    case .stop: .object(["type": .string("stop")])
    }
  }

  init?(_ json: JSONValue) {
    switch json["type"]?.stringValue {
    case "cell":
      guard let order = CellOrder(json) else { return nil }
      self = .cell(order)
    case "stop": self = .stop
    default: return nil
    }
  }
}

/// What a worker says to its parent: one JSON object a line.
enum WorkerMessage: Equatable {
  /// The worker waits for its first cell.
  case ready(WorkerFacts)
  /// The worker cannot train anything here and leaves.
  case unusable(reason: String)
  /// The worker has taken a cell and goes on after `update` updates.
  case claimed(id: String, update: Int)
  /// The cell has come further.
  case progress(id: String, CellProgress)
  /// The cell's network was evaluated.
  case evaluated(id: String, CurvePoint)
  /// The cell's state is on the disk.
  case checkpointed(id: String, update: Int)
  /// A checkpoint or the learning curve could not be written; the training goes on.
  case notSaved(id: String, reason: String)
  case done(id: String, TrainingResult)
  /// The cell cannot be trained, for a reason that trying again does not mend.
  case failed(id: String, reason: String)
  /// The cell was stopped on request.
  case stopped(id: String, update: Int)
}

/// What a worker says about itself.
struct WorkerFacts: Equatable {
  /// OpenBLAS's kernel family.
  var openBLASCore: String
  /// OpenBLAS's description of its build.
  var openBLASConfig: String
  /// How the worker's sums are rounded.
  var arithmetic: Arithmetic
}

extension WorkerMessage {
  var json: JSONValue {
    func message(_ type: String, _ id: String, _ members: [JSONValue.Member]) -> JSONValue {
      .object([.init("type", .string(type)), .init("id", .string(id))] + members)
    }
    switch self {
    case .ready(let facts):
      return .object([
        "type": .string("ready"), "core": .string(facts.openBLASCore),
        "config": .string(facts.openBLASConfig), "arithmetic": .string(facts.arithmetic.text),
      ])
    case .unusable(let reason):
      return .object(["type": .string("unusable"), "reason": .string(reason)])
    case .notSaved(let id, let reason):
      return message("notSaved", id, [.init("reason", .string(reason))])
    case .claimed(let id, let update):
      return message("claimed", id, [.init("update", .number(update))])
    case .progress(let id, let progress):
      return message(
        "progress", id,
        [
          .init("update", .number(progress.update)), .init("total", .number(progress.total)),
          .init("imagesPerSecond", .exact(progress.imagesPerSecond)),
          .init("loss", .exact(progress.loss)),
        ])
    case .evaluated(let id, let point):
      return message("evaluated", id, [.init("point", point.json)])
    case .checkpointed(let id, let update):
      return message("checkpointed", id, [.init("update", .number(update))])
    case .done(let id, let outcome): return message("done", id, [.init("outcome", outcome.json)])
    case .failed(let id, let reason):
      return message("failed", id, [.init("reason", .string(reason))])
    case .stopped(let id, let update):
      return message("stopped", id, [.init("update", .number(update))])
    }
  }

  init?(_ json: JSONValue) {
    guard let type = json["type"]?.stringValue else { return nil }
    if type == "ready" {
      guard let core = json["core"]?.stringValue, let config = json["config"]?.stringValue,
        let arithmetic = json["arithmetic"]?.stringValue
      else { return nil }
      self = .ready(
        WorkerFacts(
          openBLASCore: core, openBLASConfig: config, arithmetic: Arithmetic(text: arithmetic)))
      return
    }
    if type == "unusable" {
      guard let reason = json["reason"]?.stringValue else { return nil }
      self = .unusable(reason: reason)
      return
    }
    guard let id = json["id"]?.stringValue else { return nil }
    switch (type, json["update"]?.intValue) {
    case ("claimed", let update?): self = .claimed(id: id, update: update)
    case ("checkpointed", let update?): self = .checkpointed(id: id, update: update)
    case ("stopped", let update?): self = .stopped(id: id, update: update)
    case ("progress", let update?):
      guard let total = json["total"]?.intValue,
        let imagesPerSecond = json["imagesPerSecond"]?.exactDouble,
        let loss = json["loss"]?.exactDouble
      else { return nil }
      self = .progress(
        id: id,
        CellProgress(update: update, total: total, imagesPerSecond: imagesPerSecond, loss: loss))
    case ("evaluated", _):
      guard let point = json["point"].flatMap({ CurvePoint($0) }) else { return nil }
      self = .evaluated(id: id, point)
    case ("done", _):
      guard let outcome = json["outcome"].flatMap({ TrainingResult($0) }) else { return nil }
      self = .done(id: id, outcome)
    case ("notSaved", _):
      guard let reason = json["reason"]?.stringValue else { return nil }
      self = .notSaved(id: id, reason: reason)
    case ("failed", _):
      guard let reason = json["reason"]?.stringValue else { return nil }
      self = .failed(id: id, reason: reason)
    default: return nil
    }
  }
}
