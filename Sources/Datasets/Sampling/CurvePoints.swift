import Model

/// The noisy training points of a curve, drawn anew for every root: a trial has its own.
package struct CurvePoints: Equatable, Sendable {
  /// Where they lie.
  package let x: [Float]
  /// The function there, with noise.
  package let y: [Float]

  /// Draws the points; the streams depend on the target, not on how many points there are.
  package init(_ spec: CurveSpec, root: RandomRoot) {
    let places = root.stream(.synthesis, "curve/\(spec.target.rawValue)/x")
    let noise = root.stream(.synthesis, "curve/\(spec.target.rawValue)/noise")
    var (x, y) = ([Float](), [Float]())
    for index in 0..<spec.points {
      let u = Double(places.block(position: 0, index: UInt32(index))[0]) * 0x1p-32
      let place = spec.target.place(of: u)
      let normal = InputNoise.normals(noise.block(position: 0, index: UInt32(index)))[0]
      x.append(Float(place))
      y.append(Float(spec.target.value(at: place) + spec.noise * Double(normal)))
    }
    (self.x, self.y) = (x, y)
  }
}
