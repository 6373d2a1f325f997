import Model

extension CompiledLayer {
  /// A convolution with stride 1 by Winograd's F(4×4, kernel×kernel): a quarter of the multiplications
  /// for 3×3 filters and less than a sixth for 5×5, forward and in both gradients (whose transforms
  /// are the adjoints of the forward ones). Results differ from a sum over windows by rounding, about
  /// 1e-5 of the largest output.
  ///
  /// Where maps are large, a lane carries blocks of tiles that fit its cache through all steps. Where
  /// filters outweigh the maps, all tiles of the batch are transformed first, and each point's product
  /// is then made once for the whole batch.
  static func winogradConvolution(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
    adds: Bool, phases: WinogradPhases?, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "WinogradConvolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    func stages<Filtering: WinogradFiltering>(_: Filtering.Type) -> ([Stage], [Stage]) {
      let convolution = WinogradConvolution<Filtering>(
        spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, phases: phases,
        context: context)
      return (convolution.forwardStages, convolution.backwardStages)
    }
    (layer.forward, layer.backward) =
      spec.kernel == FourByThree.kernel ? stages(FourByThree.self) : stages(FourByFive.self)
    return layer
  }
}

/// When Winograd's filtering is used.
enum WinogradRule {
  private static var filterings: [any WinogradFiltering.Type] {
    [FourByThree.self, FourByFive.self]
  }

  private static func filtering(_ spec: ConvolutionSpec) -> (any WinogradFiltering.Type)? {
    guard spec.stride == 1, spec.groups == 1, spec.padding < spec.kernel else { return nil }
    return filterings.first { $0.kernel == spec.kernel }
  }

  /// Whether a convolution can be computed so.
  static func computes(_ spec: ConvolutionSpec) -> Bool { filtering(spec) != nil }

  /// Whether that is faster than the direct kernel, whose vectors hold outputs.
  static func fits(_ spec: ConvolutionSpec, input: FeatureShape) -> Bool {
    fits(
      spec, input: input,
      multiplyAddsOtherwise: spec.kernel * spec.kernel * input.channels
        * ChannelSums.padded(spec.outputs))
  }

  /// Whether that is faster than a way that takes so many multiplications for an output position, by
  /// the cycles that both need for a tile: two multiplications of vectors in each, one other
  /// instruction; products over whole vectors of outputs and transforms of all channels, against the
  /// multiplications of a tile's outputs. Tiles that stand out over the map count in full.
  static func fits(
    _ spec: ConvolutionSpec, input: FeatureShape, multiplyAddsOtherwise: Int
  ) -> Bool {
    guard let filtering = filtering(spec) else { return false }
    let extent = filtering.outputs
    func tiles(_ length: Int) -> Int {
      (length + 2 * spec.padding - spec.kernel + extent) / extent
    }
    let (inputs, outputs) = ((input.channels + 7) & ~7, (spec.outputs + 7) & ~7)
    let own =
      filtering.points * input.channels * outputs / 16 + filtering.work.inputs * inputs / 8
      + filtering.work.outputs * outputs / 8
    let direct = extent * extent * multiplyAddsOtherwise / 16
    let positions =
      (input.height + 2 * spec.padding - spec.kernel + 1)
      * (input.width + 2 * spec.padding - spec.kernel + 1)
    let covered = extent * extent * tiles(input.height) * tiles(input.width)
    return 6 * own * covered < 5 * direct * positions
  }
}

/// The stages of a convolution by Winograd.
private struct WinogradConvolution<Filtering: WinogradFiltering> {
  private typealias Transform = WinogradTransform<Filtering>
  private typealias Bands = WinogradBands<Filtering>

  /// Tiles that a lane carries at once.
  private static var blockTiles: Int { 64 }

  let tiles: WinogradTiles<Filtering>
  /// Whether all tiles of the batch are transformed before they are multiplied.
  let isWhole: Bool
  let ports: LayerPorts
  let ending: ConvolutionEnding
  let weights: Parameter
  let bias: Parameter?
  let lanes: Int
  let biasSums: BiasSums?
  let workspace: Workspace

  private let source: MapSource
  private let target: WinogradTarget
  private let inputRows: MapRows
  private let delta: DeltaSource
  private let forwardPrefetch: WinogradPrefetch
  private let backwardPrefetch: WinogradPrefetch

  init(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
    adds: Bool, phases: WinogradPhases?, context: LayerContext
  ) {
    self.ports = ports
    self.weights = weights
    self.bias = bias
    ending = ConvolutionEnding(bias: bias.map { UnsafePointer($0.base) }, relu: relu, adds: adds)
    let plan = context.lanes
    let (inputRows, outputRows) = (
      phases?.rows(.inputs) ?? .single, phases?.rows(.outputs) ?? .single
    )
    func shape(_ maps: FeatureMaps, _ side: WinogradPhases.Side) -> FeatureShape {
      phases.flatMap { $0.side == side ? $0.shape : nil } ?? maps.shape
    }
    let (input, output) = (shape(ports.input, .inputs), shape(ports.output, .outputs))
    lanes = plan.count
    let columns = WinogradTiles<Filtering>.tiles(output.width)
    let perImage = WinogradTiles<Filtering>.tiles(output.height) * columns
    isWhole =
      input.channels * output.channels * plan.count
      > perImage * plan.capacity * (input.channels + output.channels)
    tiles = WinogradTiles(
      input: input, output: output, padding: spec.padding, phases: phases,
      room: isWhole
        ? perImage * plan.capacity
        : min(max(1, Self.blockTiles / columns) * columns, perImage * plan.widest),
      arena: context.arena)
    workspace = context.workspace
    source = ports.source(inputRows)
    target = WinogradTarget(maps: ports.output, rows: outputRows)
    delta = ports.delta(relu: ending.relu, outputRows)
    self.inputRows = inputRows
    let batch = plan.capacity * (input.count + output.count)
    forwardPrefetch = WinogradPrefetch(reads: [source.maps], writes: [ports.output], floats: batch)
    backwardPrefetch = WinogradPrefetch(
      reads: [source.maps, delta.maps, delta.mask, delta.lacking?.x],
      writes: [ports.inputGradient, ports.normalization?.normalization.input], floats: batch)
    // A bias of phases belongs to all four, whose gradients the transposed convolution adds up.
    biasSums =
      outputRows == .phased
      ? nil : bias.map { BiasSums($0, lanes: plan.count, context: context) }
    context.needScratch(
      max(
        Bands.floats(tiles) + tiles.inputFloats + tiles.outputFloats,
        WinogradFilters<Filtering>.scratchFloats))
    let filters = tiles.filters.floats
    workspace.need(filters + max(lanes * filters, filters + tiles.inputFloats + tiles.outputFloats))
  }

  var forwardStages: [Stage] { isWhole ? wholeForward : laneForward }
  var backwardStages: [Stage] { isWhole ? wholeBackward : laneBackward }

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
        let bands = Bands(tiles, scratch: part.scratch)
        let inputs = part.scratch + Bands.floats(tiles)
        let outputs = inputs + tiles.inputFloats
        forEachBlock(part.samples) { rows in
          for (index, row) in rows.enumerated() {
            bands.takeInputs(
              source, part.samples.lowerBound + row / tiles.rows, row: row % tiles.rows,
              first: index * tiles.columns, to: inputs)
          }
          for point in 0..<Transform.points {
            forwardPrefetch.bring(rows, of: part.samples, point: point, tiles)
            tiles.multiply(
              point: point, count: rows.count * tiles.columns, inputs, workspace.at(0), to: outputs)
          }
          for (index, row) in rows.enumerated() {
            bands.putOutputs(
              outputs, first: index * tiles.columns, part.samples.lowerBound + row / tiles.rows,
              row: row % tiles.rows, to: target, ending)
          }
        }
      },
    ]
  }

  var laneBackward: [Stage] {
    let filterFloats = tiles.filters.floats
    let bandFloats = Bands.floats(tiles)
    return [
      filters(transposed: true),
      Stage(.lanes) { part, pass in
        let bands = Bands(tiles, scratch: part.scratch)
        let inputs = part.scratch + bandFloats
        let outputs = inputs + tiles.inputFloats
        let partial = workspace.at(filterFloats * (1 + part.index))
        let sink = ports.sink(lane: part.index, inputRows)
        if part.samples.isEmpty { partial.update(repeating: 0, count: filterFloats) }
        biasSums?.clear(lane: part.index)
        forEachBlock(part.samples) { rows in
          func each(_ body: (Int, Int, Int) -> Void) {
            for (index, row) in rows.enumerated() {
              body(
                part.samples.lowerBound + row / tiles.rows, row % tiles.rows, index * tiles.columns)
            }
          }
          if pass.learns { each { bands.takeInputs(source, $0, row: $1, first: $2, to: inputs) } }
          each {
            bands.takeDeltas(
              delta, $0, row: $1, first: $2, to: outputs, biasSums, lane: part.index)
          }
          for point in 0..<Transform.points {
            backwardPrefetch.bring(rows, of: part.samples, point: point, tiles)
            if pass.learns {
              tiles.multiplyFilters(
                point: point, count: rows.count * tiles.columns, inputs, outputs, to: partial,
                adds: rows.lowerBound > 0)
            }
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
    return Stage(.blocks(filters.parts)) { part, pass in
      guard pass.learns else { return }
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
        let bands = Bands(tiles, scratch: part.scratch)
        forEachRow(part.samples, first: part.samples.lowerBound * tiles.perImage) {
          bands.takeInputs(source, $0, row: $1, first: $2, to: workspace.at(inputs))
        }
      },
      Stage(.blocks(Transform.points)) { part, pass in
        tiles.multiply(
          point: part.index, count: pass.count * tiles.perImage, workspace.at(inputs),
          workspace.at(0), to: workspace.at(outputs))
      },
      Stage(.lanes) { part, _ in
        let bands = Bands(tiles, scratch: part.scratch)
        forEachRow(part.samples, first: part.samples.lowerBound * tiles.perImage) {
          bands.putOutputs(
            workspace.at(outputs), first: $2, $0, row: $1, to: target, ending)
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
      Stage(.lanes) { part, pass in
        let bands = Bands(tiles, scratch: part.scratch)
        let first = part.samples.lowerBound * tiles.perImage
        if pass.learns {
          forEachRow(part.samples, first: first) {
            bands.takeInputs(source, $0, row: $1, first: $2, to: workspace.at(inputs))
          }
        }
        biasSums?.clear(lane: part.index)
        forEachRow(part.samples, first: first) {
          bands.takeDeltas(
            delta, $0, row: $1, first: $2, to: workspace.at(outputs), biasSums, lane: part.index)
        }
      },
      Stage(.blocks(Transform.points)) { part, pass in
        let count = pass.count * tiles.perImage
        if pass.learns {
          tiles.multiplyFilters(
            point: part.index, count: count, workspace.at(inputs), workspace.at(outputs),
            to: workspace.at(gradient), adds: false)
        }
        guard ports.inputGradient != nil else { return }
        tiles.multiplyBack(
          point: part.index, count: count, workspace.at(outputs), workspace.at(0),
          to: workspace.at(inputs))
      },
    ]
    if ports.inputGradient != nil {
      stages.append(
        Stage(.lanes) { part, _ in
          guard let sink = ports.sink(lane: part.index, inputRows) else { return }
          let bands = Bands(tiles, scratch: part.scratch)
          forEachRow(part.samples, first: part.samples.lowerBound * tiles.perImage) {
            bands.putInputGradients(workspace.at(inputs), first: $2, $0, row: $1, to: sink)
          }
        })
    }
    stages.append(reduction(offset: gradient, lanes: 1))
    return stages
  }
}
