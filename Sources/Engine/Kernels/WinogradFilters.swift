/// The filters of a convolution on their way into Winograd's domain and their gradient's way back.
/// Filters lie as `[out][tap][in]`; transformed they lie, for each point, in panels of columns as
/// `TileProduct` has them: `[point][panel][row][column of the panel]`.
struct WinogradFilters<Filtering: WinogradFiltering> {
  private typealias Transform = WinogradTransform<Filtering>

  let inputs: Int
  let outputs: Int
  /// Which taps are not there, if any.
  private let phases: WinogradPhases?

  init(inputs: Int, outputs: Int, phases: WinogradPhases?) {
    self.inputs = inputs
    self.outputs = outputs
    // A panel belongs to one phase, or phases do not help.
    self.phases = phases.flatMap { $0.channels % 16 == 0 ? $0 : nil }
  }

  /// The input channels with filters that are not all 0 at a point.
  func inputs(at point: Int) -> Range<Int> {
    guard let phases, phases.side == .inputs else { return 0..<inputs }
    return phases.range(at: point, of: Transform.inputs)
  }

  /// The output channels with filters that are not all 0 at a point.
  func outputs(at point: Int) -> Range<Int> {
    guard let phases, phases.side == .outputs else { return 0..<outputs }
    return phases.range(at: point, of: Transform.inputs)
  }

  /// Whether the filters of a panel of input channels are not all 0 at a point.
  func hasInput(_ channel: Int, at point: Int) -> Bool {
    guard let phases, phases.side == .inputs else { return true }
    return phases.has(channel / phases.channels, at: point, of: Transform.inputs)
  }

  /// Whether the filters of a panel of output channels are not all 0 at a point.
  func hasOutput(_ channel: Int, at point: Int) -> Bool {
    guard let phases, phases.side == .outputs else { return true }
    return phases.has(channel / phases.channels, at: point, of: Transform.inputs)
  }

  /// Channels rounded up to whole vectors.
  static func padded(_ channels: Int) -> Int { (channels + 7) & ~7 }

  var paddedInputs: Int { Self.padded(inputs) }
  var paddedOutputs: Int { Self.padded(outputs) }
  /// Floats of one point's filters.
  var pointFloats: Int { paddedInputs * paddedOutputs }
  /// Floats of all transformed filters.
  var floats: Int { Transform.points * pointFloats }
  /// Parts into which the transforms are cut: eight input channels each.
  var parts: Int { paddedInputs / 8 }
  /// Scratch of a part.
  static var scratchFloats: Int { Transform.roomFloats + 2 * taps * 64 }

  private static var taps: Int { Filtering.kernel * Filtering.kernel }

  /// Where a column, a multiple of 8, of a matrix of `rows` rows starts, and the floats between its
  /// rows.
  private func place(column: Int, of columns: Int, rows: Int) -> (start: Int, step: Int) {
    var place = (start: 0, step: 0)
    TileProduct.forEachPanel(columns) { start, width in
      if start <= column, column < start + width {
        place = (start * rows + column - start, width)
      }
    }
    return place
  }

  /// Copies the taps of 8 × 8 filters: `block[tap][out][in]`, zeros where there are none.
  @inline(__always)
  private func gather(
    _ weights: UnsafePointer<Float>, output: Int, input: Int,
    into block: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns) = (min(8, outputs - output), min(8, inputs - input))
    if rows < 8 || columns < 8 { block.update(repeating: 0, count: Self.taps * 64) }
    guard columns > 0 else { return }
    for row in 0..<max(rows, 0) {
      for tap in 0..<Self.taps {
        let source = weights + ((output + row) * Self.taps + tap) * inputs + input
        (block + tap * 64 + row * 8).update(from: source, count: columns)
      }
    }
  }

  /// Transforms the filters of eight input channels for the product with inputs, U: a row for each
  /// input channel, a column for each output channel.
  func transform(
    _ weights: UnsafePointer<Float>, part: Int, scratch: UnsafeMutablePointer<Float>,
    to filters: UnsafeMutablePointer<Float>
  ) {
    let (block, turned) = (
      scratch + Transform.roomFloats,
      scratch + Transform.roomFloats + Self.taps * 64
    )
    for output in stride(from: 0, to: paddedOutputs, by: 8) {
      gather(weights, output: output, input: part * 8, into: block)
      for tap in 0..<Self.taps {
        transpose8x8(block + tap * 64, stride: 8, turned + tap * 64, toStride: 8)
      }
      let (start, width) = place(column: output, of: paddedOutputs, rows: paddedInputs)
      let panel = filters + start + part * 8 * width
      for row in 0..<8 {
        Transform.filter(
          turned + row * 8, tap: 64, room: scratch, to: panel + row * width, step: pointFloats)
      }
    }
  }

  /// The same for the product with the outputs' gradient, Uᵀ: a row for each output channel, a
  /// column for each input channel.
  func transformTransposed(
    _ weights: UnsafePointer<Float>, part: Int, scratch: UnsafeMutablePointer<Float>,
    to filters: UnsafeMutablePointer<Float>
  ) {
    let block = scratch + Transform.roomFloats
    let (start, width) = place(column: part * 8, of: paddedInputs, rows: paddedOutputs)
    let panel = filters + start
    for output in stride(from: 0, to: paddedOutputs, by: 8) {
      gather(weights, output: output, input: part * 8, into: block)
      for row in 0..<8 {
        Transform.filter(
          block + row * 8, tap: 64, room: scratch, to: panel + (output + row) * width,
          step: pointFloats)
      }
    }
  }

  /// Adds up the lanes' gradients `[lane][point][in][padded out]` in their order and brings them
  /// back to the filters of eight input channels.
  func reduce(
    _ partials: UnsafePointer<Float>, lanes: Int, part: Int, scratch: UnsafeMutablePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    let (turned, block) = (
      scratch + Transform.roomFloats,
      scratch + Transform.roomFloats + Self.taps * 64
    )
    let columns = min(8, inputs - part * 8)
    guard columns > 0 else { return }
    for output in stride(from: 0, to: outputs, by: 8) {
      for row in 0..<columns {
        let source = partials + (part * 8 + row) * paddedOutputs + output
        Transform.filterAdjoint(room: scratch, to: turned + row * 8, tap: 64) { point in
          var sum = load(source + point * pointFloats)
          for lane in stride(from: 1, to: lanes, by: 1) {
            sum += load(source + lane * floats + point * pointFloats)
          }
          return sum
        }
      }
      for tap in 0..<Self.taps {
        transpose8x8(turned + tap * 64, stride: 8, block + tap * 64, toStride: 8)
      }
      for row in 0..<min(8, outputs - output) {
        for tap in 0..<Self.taps {
          let target = gradient + ((output + row) * Self.taps + tap) * inputs + part * 8
          target.update(from: block + tap * 64 + row * 8, count: columns)
        }
      }
    }
  }
}
