/// Which runs leave their weights in their folder: `"keepWeights"` of a config. It changes no number
/// of any table and no run's id.
package enum KeepWeights: String, CaseIterable, Sendable {
  case none
  /// Those of the table that something is measured of (`"measure"`), so that it can be looked at
  /// again.
  case measured
  /// Those of the table.
  case final
}

extension StudySpec {
  /// Whether a run's weights are kept after its end. Those of selection never are.
  package func keepsWeights(of cell: Cell) -> Bool {
    guard cell.stage == .final else { return false }
    switch keepWeights {
    case .none: return false
    case .measured: return cell.spec.setup?.measurements.isEmpty == false
    case .final: return true
    }
  }
}
