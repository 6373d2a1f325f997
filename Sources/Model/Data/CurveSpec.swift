import Canonical
import Glibc

/// Noisy points of a function on [0, 10], as in section 5.1 of the Drop-Activation paper: a few of
/// them are trained on, and what was learned is set against the function itself on a fine grid.
package struct CurveSpec: Configurable, Hashable {
  /// The data set's name.
  package static let datasetName = "curve"
  /// Points of the grid on which a prediction is measured, both ends of the interval included.
  package static let gridPoints = 1001
  /// Where x lies.
  package static let interval = 0.0...10.0

  /// The function.
  package enum Target: String, CaseIterable, Sendable {
    /// x·sin x; training points are uniform.
    case xSinX
    /// 0 on [0, 2.5), 5 on [2.5, 5), −3 on [5, 7.5), 4 on [7.5, 10]; training points are half as
    /// dense in the outer quarters. The paper gives no values.
    case piecewiseConstant
  }

  /// The function.
  package var target: Target
  /// Training points.
  package var points: Int
  /// The standard deviation of the noise on training points.
  package var noise: Double

  package init(target: Target, points: Int = 20, noise: Double = 1) {
    self.target = target
    self.points = points
    self.noise = noise
  }

  package static let blank = CurveSpec(target: .xSinX)
  package static let fields: [Field<CurveSpec>] = [
    .choice("target", \.target, .optional, "the function"),
    .whole("points", \.points, in: 1...65_536, .optional, "training points"),
    .number("noise", \.noise, in: 0...1e6, .optional, "standard deviation of their noise"),
  ]

  /// The x of a grid's point, from 0.
  package static func gridPoint(_ index: Int) -> Double {
    interval.upperBound * Double(index) / Double(gridPoints - 1)
  }
}

extension CurveSpec.Target {
  /// The function without noise.
  package func value(at x: Double) -> Double {
    switch self {
    case .xSinX: return x * sin(x)
    case .piecewiseConstant:
      let values: [Double] = [0, 5, -3, 4]
      return values[min(max(Int(x / 2.5), 0), 3)]
    }
  }

  /// The x of a training point for a uniform u in [0, 1): the inverse of its distribution function.
  package func place(of u: Double) -> Double {
    switch self {
    case .xSinX: return 10 * u
    case .piecewiseConstant:
      // Density 1/15 in the outer quarters and 2/15 between them.
      if u < 1.0 / 6 { return 15 * u }
      if u < 5.0 / 6 { return 2.5 + 7.5 * (u - 1.0 / 6) }
      return 7.5 + 15 * (u - 5.0 / 6)
    }
  }
}
