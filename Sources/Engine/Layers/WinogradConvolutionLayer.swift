import Model

extension CompiledLayer {
  /// A 3×3 convolution with stride 1 and padding 1 by Winograd's F(4×4, 3×3): a quarter of the
  /// multiplications, forward and in both gradients (whose transforms are the adjoints of the forward
  /// ones). Results differ from a sum over windows by rounding, about 1e-5 of the largest output.
  ///
  /// Where maps are large, a lane carries blocks of tiles that fit its cache through all steps. Where
  /// filters outweigh the maps, all tiles of the batch are transformed first, and each of the 36
  /// products is then made once for the whole batch.
  static func winogradConvolution(
    _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool, adds: Bool = false,
    context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "WinogradConvolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    let ending = ConvolutionEnding(
      bias: bias.map { UnsafePointer($0.base) }, relu: relu, adds: adds)
    let (shape, outputs) = (ports.input.shape, ports.output.shape.channels)
    let lanes = context.lanes
    let perImage = WinogradTiles.tiles(shape.height) * WinogradTiles.tiles(shape.width)
    let isWhole =
      shape.channels * outputs * lanes.count
      > perImage * lanes.capacity * (shape.channels + outputs)
    let columns = WinogradTiles.tiles(shape.width)
    let tiles = WinogradTiles(
      shape, outputs: outputs,
      room: isWhole
        ? perImage * lanes.capacity
        : min(max(1, WinogradConvolution.blockTiles / columns) * columns, perImage * lanes.widest),
      arena: context.arena)
    let pass = WinogradConvolution(
      tiles: tiles, ports: ports, ending: ending, weights: weights, bias: bias, lanes: lanes.count,
      context: context)
    layer.forward = isWhole ? pass.wholeForward : pass.laneForward
    layer.backward = isWhole ? pass.wholeBackward : pass.laneBackward
    return layer
  }
}

/// The stages of a convolution by Winograd.
struct WinogradConvolution {
  /// Tiles that a lane carries at once.
  fileprivate static let blockTiles = 64

  /// Whether a convolution is one that this layer can compute.
  static func computes(_ spec: ConvolutionSpec, input: FeatureShape) -> Bool {
    spec.kernel == 3 && spec.stride == 1 && spec.padding == 1 && spec.groups == 1
  }

  /// Whether it computes it faster than the direct kernel, by the vector instructions that both need
  /// for a tile: products over whole panels and transforms of about 20 instructions for each input
  /// channel and 14 for each output channel, against nine taps for each of 16 outputs. Tiles that
  /// stand out over the map count in full.
  static func fits(_ spec: ConvolutionSpec, input: FeatureShape) -> Bool {
    guard computes(spec, input: input) else { return false }
    let (inputs, outputs) = (
      WinogradFilters.padded(input.channels), WinogradFilters.padded(spec.outputs)
    )
    let own = 36 * inputs * outputs / 16 + 20 * inputs + 14 * outputs
    let direct = 9 * 16 * input.channels * ((spec.outputs + 7) & ~7) / 16
    let covered = 16 * WinogradTiles.tiles(input.height) * WinogradTiles.tiles(input.width)
    return 5 * own * covered < 4 * direct * input.positions
  }

  let tiles: WinogradTiles
  let ports: LayerPorts
  let ending: ConvolutionEnding
  let weights: Parameter
  let bias: Parameter?
  let lanes: Int
  let biasSums: BiasSums?
  let workspace: Workspace

  private let source: MapSource
  private let delta: DeltaSource

  init(
    tiles: WinogradTiles, ports: LayerPorts, ending: ConvolutionEnding, weights: Parameter,
    bias: Parameter?, lanes: Int, context: LayerContext
  ) {
    self.tiles = tiles
    self.ports = ports
    self.ending = ending
    self.weights = weights
    self.bias = bias
    self.lanes = lanes
    workspace = context.workspace
    source = ports.source
    delta = ports.delta(relu: ending.relu)
    biasSums = bias.map { BiasSums($0, lanes: lanes, context: context) }
    context.needScratch(
      max(
        WinogradBands.floats(tiles) + tiles.inputFloats + tiles.outputFloats,
        WinogradFilters.scratchFloats))
    let filters = tiles.filters.floats
    workspace.need(filters + max(lanes * filters, filters + tiles.inputFloats + tiles.outputFloats))
  }

  /// Transformed filters come first in the workspace.
  private func filters(transposed: Bool) -> Stage {
    let (filters, workspace, w) = (tiles.filters, workspace, weights.base)
    return Stage(.blocks(filters.parts)) { part, _ in
      if transposed {
        filters.transformTransposed(
          w, part: part.index, scratch: part.scratch, to: workspace.at(0))
      } else {
        filters.transform(w, part: part.index, scratch: part.scratch, to: workspace.at(0))
      }
    }
  }

  /// Calls `body` with sample, row of tiles and the row's first tile, counted from `first` on.
  @inline(__always)
  private func forEachRow(
    _ samples: Range<Int>, first: Int, _ body: (Int, Int, Int) -> Void
  ) {
    for sample in samples {
      for row in 0..<tiles.rows {
        body(
          sample, row, first + ((sample - samples.lowerBound) * tiles.rows + row) * tiles.columns)
      }
    }
  }

  /// Calls `body` with each block of rows of tiles, counted over the samples, that fits the room.
  @inline(__always)
  private func forEachBlock(_ samples: Range<Int>, _ body: (Range<Int>) -> Void) {
    let (all, most) = (samples.count * tiles.rows, max(1, tiles.room / tiles.columns))
    for start in stride(from: 0, to: all, by: most) { body(start..<min(start + most, all)) }
  }

  // MARK: Lane by lane

  var laneForward: [Stage] {
    [
      filters(transposed: false),
      Stage(.lanes) { part, _ in
        let bands = WinogradBands(tiles, scratch: part.scratch)
        let inputs = part.scratch + WinogradBands.floats(tiles)
        let outputs = inputs + tiles.inputFloats
        forEachBlock(part.samples) { rows in
          for (index, row) in rows.enumerated() {
            bands.takeInputs(
              source, part.samples.lowerBound + row / tiles.rows, row: row % tiles.rows,
              first: index * tiles.columns, to: inputs)
          }
          for point in 0..<WinogradTransform.points {
            tiles.multiply(
              point: point, count: rows.count * tiles.columns, inputs, workspace.at(0), to: outputs)
          }
          for (index, row) in rows.enumerated() {
            bands.putOutputs(
              outputs, first: index * tiles.columns, part.samples.lowerBound + row / tiles.rows,
              row: row % tiles.rows, to: ports.output, ending)
          }
        }
      },
    ]
  }

  var laneBackward: [Stage] {
    let filterFloats = tiles.filters.floats
    let bandFloats = WinogradBands.floats(tiles)
    return [
      filters(transposed: true),
      Stage(.lanes) { part, _ in
        let bands = WinogradBands(tiles, scratch: part.scratch)
        let inputs = part.scratch + bandFloats
        let outputs = inputs + tiles.inputFloats
        let partial = workspace.at(filterFloats * (1 + part.index))
        let sink = ports.sink(lane: part.index)
        if part.samples.isEmpty { partial.update(repeating: 0, count: filterFloats) }
        biasSums?.clear(lane: part.index)
        forEachBlock(part.samples) { rows in
          func each(_ body: (Int, Int, Int) -> Void) {
            for (index, row) in rows.enumerated() {
              body(
                part.samples.lowerBound + row / tiles.rows, row % tiles.rows, index * tiles.columns)
            }
          }
          each { bands.takeInputs(source, $0, row: $1, first: $2, to: inputs) }
          each {
            bands.takeDeltas(
              delta, $0, row: $1, first: $2, to: outputs, biasSums, lane: part.index)
          }
          for point in 0..<WinogradTransform.points {
            tiles.multiplyFilters(
              point: point, count: rows.count * tiles.columns, inputs, outputs, to: partial,
              adds: rows.lowerBound > 0)
            guard sink != nil else { continue }
            tiles.multiplyBack(
              point: point, count: rows.count * tiles.columns, outputs, workspace.at(0), to: inputs)
          }
          if let sink {
            each { bands.putInputGradients(inputs, first: $2, $0, row: $1, to: sink) }
          }
        }
      },
      reduction(offset: filterFloats, lanes: lanes),
    ]
  }

  private func reduction(offset: Int, lanes: Int) -> Stage {
    let (filters, workspace, dw) = (tiles.filters, workspace, weights.gradientBase)
    return Stage(.blocks(filters.parts)) { part, _ in
      filters.reduce(
        workspace.at(offset), lanes: lanes, part: part.index, scratch: part.scratch, to: dw)
      if part.index == 0 { biasSums?.reduce() }
    }
  }

  // MARK: The whole batch at once

  var wholeForward: [Stage] {
    let inputs = tiles.filters.floats * 2
    let outputs = inputs + tiles.inputFloats
    return [
      filters(transposed: false),
      Stage(.lanes) { part, _ in
        let bands = WinogradBands(tiles, scratch: part.scratch)
        forEachRow(part.samples, first: part.samples.lowerBound * tiles.perImage) {
          bands.takeInputs(source, $0, row: $1, first: $2, to: workspace.at(inputs))
        }
      },
      Stage(.blocks(WinogradTransform.points)) { part, pass in
        tiles.multiply(
          point: part.index, count: pass.count * tiles.perImage, workspace.at(inputs),
          workspace.at(0), to: workspace.at(outputs))
      },
      Stage(.lanes) { part, _ in
        let bands = WinogradBands(tiles, scratch: part.scratch)
        forEachRow(part.samples, first: part.samples.lowerBound * tiles.perImage) {
          bands.putOutputs(
            workspace.at(outputs), first: $2, $0, row: $1, to: ports.output, ending)
        }
      },
    ]
  }

  var wholeBackward: [Stage] {
    let gradient = tiles.filters.floats
    let inputs = tiles.filters.floats * 2
    let outputs = inputs + tiles.inputFloats
    var stages = [
      filters(transposed: true),
      Stage(.lanes) { part, _ in
        let bands = WinogradBands(tiles, scratch: part.scratch)
        let first = part.samples.lowerBound * tiles.perImage
        forEachRow(part.samples, first: first) {
          bands.takeInputs(source, $0, row: $1, first: $2, to: workspace.at(inputs))
        }
        biasSums?.clear(lane: part.index)
        forEachRow(part.samples, first: first) {
          bands.takeDeltas(
            delta, $0, row: $1, first: $2, to: workspace.at(outputs), biasSums, lane: part.index)
        }
      },
      Stage(.blocks(WinogradTransform.points)) { part, pass in
        let count = pass.count * tiles.perImage
        tiles.multiplyFilters(
          point: part.index, count: count, workspace.at(inputs), workspace.at(outputs),
          to: workspace.at(gradient), adds: false)
        guard ports.inputGradient != nil else { return }
        tiles.multiplyBack(
          point: part.index, count: count, workspace.at(outputs), workspace.at(0),
          to: workspace.at(inputs))
      },
    ]
    if ports.inputGradient != nil {
      stages.append(
        Stage(.lanes) { part, _ in
          guard let sink = ports.sink(lane: part.index) else { return }
          let bands = WinogradBands(tiles, scratch: part.scratch)
          forEachRow(part.samples, first: part.samples.lowerBound * tiles.perImage) {
            bands.putInputGradients(workspace.at(inputs), first: $2, $0, row: $1, to: sink)
          }
        })
    }
    stages.append(reduction(offset: gradient, lanes: 1))
    return stages
  }
}
