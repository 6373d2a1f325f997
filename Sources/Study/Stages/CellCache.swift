import Canonical
import Synchronization

/// Cells that were read before. Asking what is next is frequent, reading a cell is not free.
final class CellCache: Sendable {
  private struct Key: Hashable {
    let arm: String
    let axes: [AxisValue]
    let stage: Cell.Stage
    let trial: Int
    let values: [Double]
  }

  private let cells = Mutex<[Key: Cell]>([:])

  /// The template's cell with its selections closed by `values`.
  func cell(
    _ template: CellTemplate, _ stage: Cell.Stage, trial: Int, seed: UInt32, values: [JSONValue]
  ) -> Cell {
    let key = Key(
      arm: template.armName, axes: template.axes, stage: stage, trial: trial,
      values: values.compactMap(\.doubleValue))
    if let known = cells.withLock({ $0[key] }) { return known }
    // Loading has read every cell once and found no errors.
    let cell = template.cell(
      stage, trial: trial, seed: seed, values: values, DiagnosticCollector())
    cells.withLock { $0[key] = cell }
    return cell
  }
}
