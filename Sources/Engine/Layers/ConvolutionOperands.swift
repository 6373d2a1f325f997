/// How linear layers see their maps: row by row of an image, the numbers ready to be multiplied.
/// Whatever stands between the maps and the product (a ReLU's mask, a normalization that is not
/// worth a map of its own) is computed while a row is copied.

/// A normalization, and what stands behind it, that a layer applies to what it reads.
struct InputNormalization {
  let normalization: BatchNormalization
  let activation: InputActivation
}

/// What is computed of normalized numbers while they are read.
enum InputActivation {
  case identity
  case relu
  /// Functions whose random bits are drawn before the numbers are read.
  case masked(InputMask)
}

/// The maps that a linear layer reads.
struct MapSource {
  let maps: FeatureMaps
  let normalization: InputNormalization?
  let rows: MapRows

  /// Whether the numbers can be read where they lie.
  var isPlain: Bool { normalization == nil }

  /// Copies one row of an image.
  /// - Parameters:
  ///   - target: where its first position goes; the others follow `columnStride` floats apart.
  @inline(__always)
  func copyRow(_ sample: Int, _ y: Int, to target: UnsafeMutablePointer<Float>, columnStride: Int) {
    rows.forEach(in: y, channels: maps.shape.channels, columnStride: columnStride) {
      copy(
        maps.sample(sample) + $0 * maps.shape.width * maps.stride, positions: maps.shape.width,
        to: target + $1, columnStride: $2)
    }
  }

  /// Copies positions that follow each other.
  @inline(__always)
  func copy(
    _ source: UnsafeMutablePointer<Float>, positions: Int, to target: UnsafeMutablePointer<Float>,
    columnStride: Int
  ) {
    let channels = maps.shape.channels
    if let normalization {
      let (x, y) = (
        ChannelRows(base: source, stride: maps.stride),
        ChannelRows(base: target, stride: columnStride)
      )
      let coefficients = normalization.normalization.coefficients
      switch normalization.activation {
      case .identity, .relu:
        normalizeRows(
          x, y, rows: positions, channels: channels, relu: normalization.activation.isRelu,
          coefficients)
      case .masked(let mask):
        mask.run(
          MaskedRows(
            x: x, y: y, rows: positions, channels: channels, coefficients: coefficients, mask: mask,
            first: (source - maps.base) / maps.stride))
      }
    } else if columnStride == channels, maps.stride == channels {
      target.update(from: source, count: positions * channels)
    } else {
      for x in 0..<positions {
        (target + x * columnStride).update(from: source + x * maps.stride, count: channels)
      }
    }
  }
}

/// The gradient of a linear layer's output.
struct DeltaSource {
  let maps: FeatureMaps
  /// The layer's output, where a fused ReLU lets nothing pass that is not above 0.
  let mask: FeatureMaps?
  /// What the maps lack.
  let lacking: LackingGradient?
  let rows: MapRows

  /// Whether the numbers can be read where they lie.
  var isPlain: Bool { mask == nil && lacking == nil }

  /// Copies one row of an image's gradient.
  @inline(__always)
  func copyRow(_ sample: Int, _ y: Int, to target: UnsafeMutablePointer<Float>, columnStride: Int) {
    let width = maps.shape.width
    rows.forEach(in: y, channels: maps.shape.channels, columnStride: columnStride) {
      copy(sample, $0 * width..<($0 + 1) * width, to: target + $1, columnStride: $2)
    }
  }

  /// Copies positions of an image's gradient.
  @inline(__always)
  func copy(
    _ sample: Int, _ positions: Range<Int>, to target: UnsafeMutablePointer<Float>,
    columnStride: Int
  ) {
    let (first, channels) = (positions.lowerBound, maps.shape.channels)
    let source = maps.sample(sample) + first * maps.stride
    if let lacking {
      let x = lacking.x.sample(sample) + first * lacking.x.stride
      for position in 0..<positions.count {
        complete(
          source + position * maps.stride, x + position * lacking.x.stride,
          target + position * columnStride, channels: channels, lacking)
      }
    } else {
      MapSource(maps: maps, normalization: nil, rows: .single).copy(
        source, positions: positions.count, to: target, columnStride: columnStride)
    }
    guard let mask else { return }
    maskByOutput(
      target, mask.sample(sample) + first * mask.stride, count: positions.count, columns: channels,
      stride: columnStride, outputStride: mask.stride)
  }
}

/// Where the gradient of a linear layer's input goes.
struct GradientSink {
  let maps: FeatureMaps
  /// Whether it is added to what is there.
  let accumulates: Bool
  /// The normalization that the input has passed, and the lane whose sums it adds to.
  var normalization: (input: InputNormalization, sums: ChannelSums)?
  let rows: MapRows

  /// Takes one row of an image's gradient, positions `columnStride` floats apart.
  @inline(__always)
  func takeRow(_ sample: Int, _ y: Int, _ source: UnsafePointer<Float>, columnStride: Int) {
    let width = maps.shape.width
    rows.forEach(in: y, channels: maps.shape.channels, columnStride: columnStride) {
      take(sample, $0 * width..<($0 + 1) * width, source + $1, columnStride: $2)
    }
  }

  /// Takes positions of an image's gradient.
  @inline(__always)
  func take(
    _ sample: Int, _ positions: Range<Int>, _ source: UnsafePointer<Float>, columnStride: Int
  ) {
    let channels = maps.shape.channels
    let target = maps.sample(sample) + positions.lowerBound * maps.stride
    if let normalization {
      takeNormalized(sample, positions, source, columnStride, target, normalization)
      return
    }
    for x in 0..<positions.count {
      let (place, values) = (target + x * maps.stride, source + x * columnStride)
      if accumulates {
        for channel in stride(from: 0, to: channels, by: 8) {
          store(
            load(place + channel) + load(values + channel), place + channel, column: channel,
            of: channels)
        }
      } else {
        place.update(from: values, count: channels)
      }
    }
  }

  private func takeNormalized(
    _ sample: Int, _ positions: Range<Int>, _ source: UnsafePointer<Float>, _ columnStride: Int,
    _ target: UnsafeMutablePointer<Float>, _ own: (input: InputNormalization, sums: ChannelSums)
  ) {
    let normalization = own.input.normalization
    let input = normalization.input
    let own = (activation: own.input.activation, sums: own.sums)
    let rows = NormalizedTarget(
      x: ChannelRows(
        base: input.sample(sample) + positions.lowerBound * input.stride, stride: input.stride),
      gradient: ChannelRows(base: target, stride: maps.stride), channels: maps.shape.channels,
      accumulates: accumulates, coefficients: normalization.coefficients)
    switch own.activation {
    case .masked(let mask):
      mask.run(
        MaskedGradients(
          source: source, columnStride: columnStride, rows: positions.count, target: rows,
          mask: mask, first: sample * maps.shape.positions + positions.lowerBound, sums: own.sums))
    case .identity:
      own.sums.add(rows: positions.count) { row, column in
        rows.take(row, column, load(source + row * columnStride + column))
      }
    case .relu:
      own.sums.add(rows: positions.count) { row, column in
        let delta = load(source + row * columnStride + column)
        let isOpen = normalized(rows.x, row, column, rows.coefficients) .> 0
        return rows.take(row, column, Vector.zero.replacing(with: delta, where: isOpen))
      }
    }
  }
}

/// Where the gradient of normalized numbers goes: the part of their input's gradient that one pass can
/// know.
struct NormalizedTarget {
  /// The input.
  let x: ChannelRows
  let gradient: ChannelRows
  let channels: Int
  /// Whether it is added to what is there.
  let accumulates: Bool
  let coefficients: NormalizationCoefficients

  /// Takes the gradient of eight channels and gives their terms of Σδ and Σδ·(x − centre).
  @inline(__always)
  func take(_ row: Int, _ column: Int, _ d: Vector) -> (Vector, Vector) {
    let place = gradient.base + row * gradient.stride + column
    var sum = accumulates ? load(place) : .zero
    sum.accumulate(d, load(coefficients.scale + column))
    store(sum, place, column: column, of: channels)
    return (d, d * (x.vector(row, column) - load(coefficients.centre + column)))
  }
}

extension InputActivation {
  var isRelu: Bool {
    switch self {
    case .relu: true
    case .identity, .masked: false
    }
  }
}

extension LayerPorts {
  /// What a linear layer reads.
  func source(_ rows: MapRows) -> MapSource {
    MapSource(maps: input, normalization: normalization, rows: rows)
  }

  /// What a linear layer goes backward from.
  /// - Parameter relu: whether a ReLU is part of the layer.
  func delta(relu: Bool, _ rows: MapRows) -> DeltaSource {
    DeltaSource(maps: outputGradient, mask: relu ? output : nil, lacking: lacking, rows: rows)
  }

  /// Where a lane puts the input's gradient.
  func sink(lane: Int, _ rows: MapRows) -> GradientSink? {
    inputGradient.map { maps in
      GradientSink(
        maps: maps, accumulates: accumulates,
        normalization: normalization.map { ($0, $0.normalization.sums(of: lane)) }, rows: rows)
    }
  }
}
