/// How a series is drawn as it is recorded: one drawing for each combination of axes and each curve, one
/// line for each arm, means over trials.
package struct CurveStyle: Sendable {
  package enum Form: Sendable {
    /// A line of the means within the range of the trials.
    case band
    case line
    /// The outline of a histogram whose bins are centred at the points.
    case bars
  }

  /// The label of the horizontal axis.
  package var x: String
  /// The label of the vertical axis, by the curve's name.
  package var y: @Sendable (String) -> String
  /// The part of the heading that names a curve.
  package var heading: @Sendable (String) -> String
  package var form = Form.band
  /// Recorded values are multiplied by these.
  package var factors = (x: 1.0, y: 1.0)
  /// Positive values that span more than this get a logarithmic axis.
  package var logarithmicAbove = Double.infinity
  /// What must be visible.
  package var includes: [Double] = []
  /// A reference line.
  package var guide: (value: Double, label: String)?
  /// Whether all curves share one drawing instead of having one each.
  package var joinsCurves = false
  /// Whether the points of a run stand in the order of their values, the largest first, since their
  /// own order means nothing.
  package var sortsPoints = false
}
