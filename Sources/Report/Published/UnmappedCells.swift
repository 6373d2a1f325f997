import Study

/// Published cells that no study recomputes, with the reason.
package struct UnmappedCells: Sendable {
  /// The paper's name in configs.
  package var paper: String
  /// The table's name in configs.
  package var table: String
  /// Row labels; empty for all.
  package var rows: [String]
  /// Column labels; empty for all.
  package var columns: [String]
  /// Why, as the end of "not recomputed: …".
  package var reason: String

  /// Whether a published cell is meant.
  package func holds(_ cell: PublishedCell) -> Bool {
    cell.paper == paper && cell.table == table && (rows.isEmpty || rows.contains(cell.row))
      && (columns.isEmpty || columns.contains(cell.column))
  }

  private static let dash = "the paper prints no number here"

  /// All of them.
  package static let all: [UnmappedCells] = [
    UnmappedCells(
      paper: "shakeout", table: "sec4.2.3-imagenet", rows: [], columns: [],
      reason: "ImageNet is not free to be fetched, and one run takes 10¹⁸ operations"),
    UnmappedCells(
      paper: "shakeout", table: "fig10", rows: [], columns: [],
      reason:
        "pruning of AlexNet on ImageNet; shakeout-weights measures the same curve on smaller networks"
    ),
    UnmappedCells(
      paper: "drop_activation", table: "table1",
      rows: ["DenseNet-BC-100-12", "DenseNet-BC-190-40", "ResNeXt-29-8x64d"], columns: ["RReLU"],
      reason: dash),
    UnmappedCells(
      paper: "drop_activation", table: "table2",
      rows: ["DenseNet-BC-100-12", "DenseNet-BC-190-40", "ResNeXt-29-8x64d"], columns: ["RReLU"],
      reason: dash),
    UnmappedCells(
      paper: "marginalized_noise", table: "table3",
      rows: ["T_CPU_per_epoch", "T_GPU_per_epoch", "T_CPU", "T_GPU"], columns: [],
      reason:
        "seconds of a machine that the paper does not name; ours are in timings.csv, apart from tables, "
        + "which must be the same bytes everywhere"),
    UnmappedCells(
      paper: "delayed_strong_reg", table: "table1", rows: ["svhn"], columns: ["AlexNet parameters"],
      reason: dash),
  ]
}
