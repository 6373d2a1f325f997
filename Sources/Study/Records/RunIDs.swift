import Canonical

/// Makes the ids of a study's runs: the only place where a cell, the content of its data and the
/// content of the weights that it starts from become an id.
///
/// An id stands for what a run means. Where, with which build and in which arithmetic it was trained
/// does not enter, so that runs keep counting when the program becomes faster.
package struct RunIDs: Equatable, Sendable {
  /// The data sets, by `Cell.dataKey`.
  package let data: [String: Provenance.Data]
  /// SHA-256 of the files of initial weights, by path.
  package let weights: [String: String]

  /// Rises when the same config comes to mean another training; results of before are then no longer
  /// taken as done.
  static let definitionRevision = 2

  package init(data: [String: Provenance.Data], weights: [String: String]) {
    self.data = data
    self.weights = weights
  }

  /// The id of a cell's run.
  package func id(of cell: Cell) -> String {
    Self.id(
      digest: cell.digest, dataDigest: dataDigest(of: cell), weightsDigest: weightsDigest(of: cell))
  }

  /// Sixteen hexadecimal digits of a hash of a cell's digest, in which arm, axes and resolved spec are,
  /// and of the content of the data and of the initial weights' file, if there is one. Notes, key order,
  /// paths and the study's name do not enter.
  static func id(digest: String, dataDigest: String, weightsDigest: String?) -> String {
    let weights = weightsDigest.map { "\n\($0)" } ?? ""
    let text = "\(digest)\n\(dataDigest)\n\(definitionRevision)\(weights)"
    return String(SHA256.hex(Array(text.utf8)).prefix(16))
  }

  /// The digest of a cell's data; empty where they are not known.
  package func dataDigest(of cell: Cell) -> String { data[cell.dataKey]?.digest ?? "" }

  /// The digest of the file that a cell's weights start from; nil for a cell that draws them.
  package func weightsDigest(of cell: Cell) -> String? {
    cell.spec.setup?.recipe.initialWeights.flatMap { weights[$0] }
  }
}

extension CellSpec {
  /// What tells data sets apart within a study.
  package var dataKey: String {
    let dataset = setup?.dataset
    let generated = dataset?.synthetic?.json ?? dataset?.curve?.json
    let name = dataset?.name ?? "none"
    return "\(name) \(dataset?.files ?? "") \(generated?.canonicalText ?? "")"
  }
}
