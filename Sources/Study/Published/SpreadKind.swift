/// What the number behind "±" means.
package enum SpreadKind: String, CaseIterable, Sendable {
  /// The sample standard deviation of the runs.
  case standardDeviation = "std"
  /// Half the width of a 95 % interval, as 1.96·s/√n.
  case normalInterval = "ci95"
  /// Taken over from another paper, which may mean either.
  case quoted

  /// The kind in words, for the line above a table.
  package var label: String {
    switch self {
    case .standardDeviation, .quoted: "standard deviation"
    case .normalInterval: "95 % half width (1.96 s / √n)"
    }
  }
}
