/// How large a layer may be: far beyond every network of the field, and small enough that no count
/// can overflow.
enum LayerLimits {
  static let outputs = 1...65_536
  static let kernels = 1...64
  static let strides = 1...64
  static let paddings = 0...64
  static let extents = 1...4096

  /// Numbers in one sample's output of a layer.
  static let features = 1 << 24
  /// Numbers in one parameter.
  static let parameter = 1 << 31
  /// Multiply-adds of one sample's forward pass through a layer.
  static let multiplyAdds = 1 << 48

  /// - Throws: `ShapeError` naming the layer where it exceeds a limit.
  static func check(_ placed: PlacedLayer) throws(ShapeError) {
    let (shape, name) = (placed.output, placed.name)
    guard shape.height <= extents.upperBound, shape.width <= extents.upperBound,
      shape.channels <= features, shape.count <= features
    else { throw ShapeError(layer: name, "an output of \(shape) is larger than any layer may be") }
    guard placed.parameters.allSatisfy({ $0.count <= parameter }),
      placed.multiplyAdds <= multiplyAdds
    else { throw ShapeError(layer: name, "it has more weights than any layer may have") }
  }
}
