/// The two-dimensional maps of a filtering: a tile of outputs is Aᵀ[(G·g·Gᵀ) ∘ (Bᵀ·d·B)]A for a
/// filter g and the inputs d that the tile reads. F(4×4, 3×3) takes 36 multiplications instead of 144,
/// F(4×4, 5×5) 64 instead of 400.
enum WinogradTransform<Filtering: WinogradFiltering> {
  static var outputs: Int { Filtering.outputs }
  static var inputs: Int { Filtering.inputs }
  static var kernel: Int { Filtering.kernel }
  /// Numbers of a transformed tile.
  static var points: Int { Filtering.points }
  /// Floats of room that a transform needs.
  static var roomFloats: Int { points * 8 }

  /// Applies a map of `size` numbers to the columns and then to the `results` rows of that.
  @inline(__always)
  private static func twice(
    _ map: WinogradMap, size: Int, results: Int,
    room: UnsafeMutablePointer<Float>, _ x: (Int, Int) -> Vector,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    for column in 0..<size {
      Filtering.apply(map, { x($0, column) }) { row, values in
        store(values, room + (row &* size &+ column) &* 8)
      }
    }
    for row in 0..<results {
      let line = room + row &* size &* 8
      Filtering.apply(map, { load(line + $0 &* 8) }) { column, values in emit(row, column, values) }
    }
  }

  /// Bᵀ·d·B: from a tile's inputs to its points, `step` floats apart.
  @inline(__always)
  static func input(
    _ d: UnsafePointer<Float>, row: Int, column: Int, room: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>, step: Int
  ) {
    twice(.input, size: inputs, results: inputs, room: room) {
      load(d + $0 &* row + $1 &* column)
    } _: {
      store($2, target + ($0 &* inputs &+ $1) &* step)
    }
  }

  /// B·x·Bᵀ: from points to inputs' gradients, added to what is there.
  @inline(__always)
  static func addInputAdjoint(
    _ x: UnsafePointer<Float>, step: Int, room: UnsafeMutablePointer<Float>,
    to d: UnsafeMutablePointer<Float>, row: Int, column: Int
  ) {
    twice(.inputAdjoint, size: inputs, results: inputs, room: room) {
      load(x + ($0 &* inputs &+ $1) &* step)
    } _: {
      let place = d + $0 &* row + $1 &* column
      store(load(place) + $2, place)
    }
  }

  /// Aᵀ·m·A: from points to outputs, handed out as `emit(row, column, values)`.
  @inline(__always)
  static func output(
    _ m: UnsafePointer<Float>, step: Int, room: UnsafeMutablePointer<Float>,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    twice(.output, size: inputs, results: outputs, room: room) {
      load(m + ($0 &* inputs &+ $1) &* step)
    } _: {
      emit($0, $1, $2)
    }
  }

  /// A·y·Aᵀ: from outputs' gradients to points, `step` floats apart.
  @inline(__always)
  static func outputAdjoint(
    _ y: UnsafePointer<Float>, row: Int, column: Int, room: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>, step: Int
  ) {
    twice(.outputAdjoint, size: outputs, results: inputs, room: room) {
      load(y + $0 &* row + $1 &* column)
    } _: {
      store($2, target + ($0 &* inputs &+ $1) &* step)
    }
  }

  /// G·g·Gᵀ: from taps, eight filters side by side in each, to points.
  @inline(__always)
  static func filter(
    _ g: UnsafePointer<Float>, tap: Int, room: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>, step: Int
  ) {
    twice(.filter, size: kernel, results: inputs, room: room) {
      load(g + ($0 &* kernel &+ $1) &* tap)
    } _: {
      store($2, target + ($0 &* inputs &+ $1) &* step)
    }
  }

  /// Gᵀ·u·G: from points, handed in by `u(point)`, to taps.
  @inline(__always)
  static func filterAdjoint(
    room: UnsafeMutablePointer<Float>, to g: UnsafeMutablePointer<Float>, tap: Int,
    _ u: (Int) -> Vector
  ) {
    twice(.filterAdjoint, size: inputs, results: kernel, room: room) {
      u($0 &* inputs &+ $1)
    } _: {
      store($2, g + ($0 &* kernel &+ $1) &* tap)
    }
  }
}
