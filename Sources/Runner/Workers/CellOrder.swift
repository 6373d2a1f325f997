import Canonical
import Study

/// What a worker needs to know to train one cell. Nothing but `spec` can change a number.
struct CellOrder: Equatable {
  /// The run's id.
  var id: String
  /// The resolved cell in its canonical form.
  var spec: JSONValue
  /// The digest of the data as the parent found them; other data are refused.
  var dataDigest: String
  /// The run's folder.
  var folder: String
  var threads: Int
  /// Seconds of training between two checkpoints.
  var checkpointSeconds: Double
  /// The folder given by `--data`.
  var dataFolder: String?
  /// The digest of the file of initial weights as the parent found it; another file is refused.
  var weightsDigest: String?
  /// Whether the final weights stay in the run's folder.
  var keepsWeights: Bool

  var json: JSONValue {
    .object([
      "type": .string("cell"), "id": .string(id), "spec": spec,
      "dataDigest": .string(dataDigest), "folder": .string(folder), "threads": .number(threads),
      "checkpointSeconds": .exact(checkpointSeconds),
      "dataFolder": dataFolder.map { .string($0) } ?? .null,
      "weightsDigest": weightsDigest.map { .string($0) } ?? .null,
      "keepsWeights": .bool(keepsWeights),
    ])
  }
}

extension CellOrder {
  /// Reads what `json` gave.
  init?(_ json: JSONValue) {
    guard let id = json["id"]?.stringValue, let spec = json["spec"],
      let dataDigest = json["dataDigest"]?.stringValue, let folder = json["folder"]?.stringValue,
      let threads = json["threads"]?.intValue, threads > 0,
      let checkpointSeconds = json["checkpointSeconds"]?.exactDouble,
      let keepsWeights = json["keepsWeights"]?.boolValue
    else { return nil }
    self.init(
      id: id, spec: spec, dataDigest: dataDigest, folder: folder, threads: threads,
      checkpointSeconds: checkpointSeconds, dataFolder: json["dataFolder"]?.stringValue,
      weightsDigest: json["weightsDigest"]?.stringValue,
      keepsWeights: keepsWeights)
  }
}
