import Model

/// Channels whose filters lack taps at an edge. Such a filter is 0 at one of the points: without a first
/// tap at the point 0, which comes first, and without a last one at infinity, which comes last.
struct WinogradPhases {
  enum Side { case inputs, outputs }

  /// A filter's edge along one direction.
  enum Edge { case none, first, last }

  /// The channels that come in phases.
  let side: Side
  /// Channels of a phase.
  let channels: Int
  /// The phases side by side.
  let shape: FeatureShape
  /// What the phases' filters lack, along rows and along columns.
  let lacking: [(row: Edge, column: Edge)]

  /// How the maps of a side are read and written.
  func rows(_ side: Side) -> MapRows { side == self.side ? .phased : .single }

  /// Whether a phase is not 0 at a point of `inputs` × `inputs`.
  func has(_ phase: Int, at point: Int, of inputs: Int) -> Bool {
    func isZero(_ edge: Edge, _ index: Int) -> Bool {
      switch edge {
      case .none: false
      case .first: index == 0
      case .last: index == inputs - 1
      }
    }
    let edges = lacking[phase]
    return !isZero(edges.row, point / inputs) && !isZero(edges.column, point % inputs)
  }

  /// The channels from the first to the last phase that is not 0 at a point.
  func range(at point: Int, of inputs: Int) -> Range<Int> {
    var (first, end) = (0, lacking.count)
    while end > 1, !has(end - 1, at: point, of: inputs) { end -= 1 }
    while first < end - 1, !has(first, at: point, of: inputs) { first += 1 }
    return first * channels..<end * channels
  }
}
