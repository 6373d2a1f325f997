import Model

/// Where the maps of a network's forward pass lie: every layer with the memory at its two ends.
///
/// A chain of concatenations lives in one wide buffer, of which each layer reads and writes a slice.
/// A ReLU right behind a linear layer or a normalization becomes part of it, and noise or a ReLU
/// works in place where no backward pass needs what it overwrites.
struct NetworkPlan {
  /// A layer between its maps.
  struct Link {
    let content: Content
    let input: FeatureMaps
    let output: FeatureMaps
    /// Whether something below learns, so that the input needs a gradient.
    let passesGradient: Bool
    var isInPlace = false
    /// The layers whose output this is: those that are computed inside others have none.
    var names: [String] = []
    /// The measured channels of the input, where a normalization reads it.
    var measured: Measured?
  }

  /// What a normalization finds measured, and what it has to measure itself.
  struct Measured {
    let moments: ChannelMoments
    let stages: [Stage]
  }

  /// What a link computes.
  indirect enum Content {
    case layer(PlacedLayer, relu: Bool)
    /// A normalization, with what stands behind it, that a convolution applies while it reads.
    case normalized(Joined, PlacedLayer, relu: Bool)
    /// Moves maps into or out of a slice.
    case copy
    case residual(body: [Link], shortcut: [Link])
    case concatenation(body: [Link])
  }

  /// A normalization that a convolution applies, and what stands between the two.
  struct Joined {
    let place: PlacedLayer
    let spec: BatchNormalizationSpec
    var activation: PlacedLayer?
    var noise: PlacedLayer?
  }

  /// What becomes of a chain's output.
  struct End {
    /// Where it must lie; nil leaves that to the chain.
    var target: FeatureMaps?
    /// Whether others read the output's gradient too, so that nobody may change it.
    var sharesGradient = false
  }

  let context: LayerContext

  /// Plans a chain of layers.
  /// - Parameters:
  ///   - input: what the first layer reads.
  ///   - learnsBelow: whether the input needs a gradient.
  func chain(
    _ places: [PlacedLayer], from input: FeatureMaps, learnsBelow: Bool, end: End = End()
  ) -> [Link] {
    var chain = Chain(input: input, passesGradient: learnsBelow)
    var index = 0
    while index < places.count {
      if let (normalization, joined) = joinedConvolution(places, index, chain) {
        let relu = fusesRelu(places, joined, end)
        let last = joined + (relu ? 1 : 0)
        let slot = slot(behind: places, last, end)
        let output = slot ?? context.maps(places[joined].output)
        chain.append(
          .normalized(normalization, places[joined], relu: relu), output: output,
          names: places[joined...last].map(\.name), measured: measured(chain.output))
        chain.hasRoom = isConcatenation(places, last + 1)
        index = last + 1
        continue
      }
      let place = places[index]
      let relu = fusesRelu(places, index, end)
      let last = index + (relu ? 1 : 0)
      if place.layer.isConcatenation, !chain.hasRoom {
        chain.copy(to: room(for: places[index...], behind: chain.output.shape))
      }
      let slot = slot(behind: places, last, end)
      let mayChange = !(end.sharesGradient && last == places.count - 1)
      if mayChange, worksInPlace(place, behind: chain) {
        let output = chain.output.reshaped(to: place.output) ?? chain.output
        chain.append(
          .layer(place, relu: false), output: output, names: [place.name], isInPlace: true)
      } else {
        append(place, names: places[index...last].map(\.name), slot: slot, to: &chain)
      }
      if let slot { chain.copy(to: slot) }
      chain.hasRoom = isConcatenation(places, last + 1)
      if !place.flattened.allSatisfy({ $0.parameters.isEmpty }) { chain.passesGradient = true }
      index = last + 1
    }
    if let target = end.target {
      chain.copy(to: target)
    } else if end.sharesGradient, places.last?.layer.isConcatenation == true {
      // Going backward, concatenations add to the gradient of their output.
      chain.copy(to: context.maps(chain.output.shape))
    }
    return chain.links
  }

  private func append(
    _ place: PlacedLayer, names: [String], slot: FeatureMaps?, to chain: inout Chain
  ) {
    // A second one is the ReLU behind the layer, which becomes part of it.
    let relu = names.count > 1
    if !chain.output.isGapless, !place.layer.traits.worksOnSlices {
      chain.copy(to: context.maps(place.input))
    }
    let input = chain.output
    if place.layer.isConcatenation {
      let output = FeatureMaps(base: input.base, shape: place.output, stride: input.stride)
      let body = self.chain(
        place.body, from: input, learnsBelow: chain.passesGradient,
        end: End(target: output.channels(input.shape.channels..<place.output.channels)))
      chain.append(.concatenation(body: body), output: output, names: names)
      return
    }
    let fits = slot.map { $0.isGapless || place.layer.traits.worksOnSlices } ?? false
    let output = fits ? slot ?? context.maps(place.output) : context.maps(place.output)
    guard case .residual = place.layer else {
      var isNormalization = false
      if case .batchNormalization = place.layer { isNormalization = true }
      chain.append(
        .layer(place, relu: relu), output: output, names: names,
        measured: isNormalization ? measured(input) : nil)
      return
    }
    // An empty body becomes a copy.
    let holdsSum =
      place.body.last.map { $0.layer.traits.outputUse == .nothing } ?? true && output.isGapless
    // The shortcut goes first, forward; so it is the one to measure what both normalize.
    let shortcut = self.chain(
      place.shortcut, from: input, learnsBelow: chain.passesGradient,
      end: End(sharesGradient: true))
    let body = self.chain(
      place.body, from: input, learnsBelow: chain.passesGradient,
      end: End(target: holdsSum ? output : nil, sharesGradient: true))
    chain.append(.residual(body: body, shortcut: shortcut), output: output, names: names)
  }

  /// The normalization at `index` with the activation and the noise behind it, and the index of the
  /// convolution that takes them along: it must be able to, and learning must go on below, because the
  /// normalization's gradient is computed where the convolution's leaves it.
  private func joinedConvolution(
    _ places: [PlacedLayer], _ index: Int, _ chain: Chain
  ) -> (Joined, index: Int)? {
    guard context.convolution != .im2col, chain.passesGradient,
      case .batchNormalization(let spec) = places[index].layer
    else { return nil }
    var joined = Joined(place: places[index], spec: spec)
    var next = index + 1
    if next < places.count, places[next].layer.traits.isReadThrough,
      case .activation = places[next].layer
    {
      joined.activation = places[next]
      next += 1
      // Noise counts units without gaps between positions.
      if next < places.count, places[next].layer.traits.isReadThrough,
        case .unitNoise = places[next].layer, places[next].input.channels % 8 == 0
      {
        joined.noise = places[next]
        next += 1
      }
    }
    guard next < places.count, places[next].layer.traits.joinsNormalization else { return nil }
    return (joined, next)
  }

  private func measured(_ maps: FeatureMaps) -> Measured {
    let moments = context.moments(of: maps)
    return Measured(moments: moments, stages: moments.measuring(upTo: maps.shape.channels))
  }

  /// Where the layer at `index` has to write; nil where it may choose.
  private func slot(behind places: [PlacedLayer], _ index: Int, _ end: End) -> FeatureMaps? {
    if index == places.count - 1 { return places[index].layer.isConcatenation ? nil : end.target }
    guard isConcatenation(places, index + 1), !places[index].layer.isConcatenation else {
      return nil
    }
    return room(for: places[(index + 1)...], behind: places[index].output)
  }

  /// The first channels of a buffer that is wide enough for a run of concatenations.
  private func room(for run: ArraySlice<PlacedLayer>, behind shape: FeatureShape) -> FeatureMaps {
    let last = run.prefix { $0.layer.isConcatenation }.last
    return context.maps(last?.output ?? shape).channels(0..<shape.channels)
  }

  private func isConcatenation(_ places: [PlacedLayer], _ index: Int) -> Bool {
    index < places.count && places[index].layer.isConcatenation
  }

  /// Whether the layer at `index` takes the ReLU behind it along. A convolution's masks the gradient
  /// of the output, so that must be nobody else's.
  private func fusesRelu(_ places: [PlacedLayer], _ index: Int, _ end: End) -> Bool {
    guard index + 1 < places.count, places[index + 1].isRelu else { return false }
    switch places[index].layer.traits.takesRelu {
    case .never: return false
    case .always: return true
    case .ownGradient: return !(end.sharesGradient && index + 2 == places.count)
    }
  }

  /// Whether a layer may overwrite the output of the one before it.
  private func worksInPlace(_ place: PlacedLayer, behind chain: Chain) -> Bool {
    guard let last = chain.links.last, last.output.isGapless else { return false }
    switch place.layer.traits.overwritesInput {
    case .never: return false
    case .keepingSigns: return last.content.outputUse <= .signs
    case .changingValues: return last.content.outputUse == .nothing
    case .sameNumbers:
      if case .layer = last.content { return true }
      return false
    }
  }
}

extension NetworkPlan.Content {
  /// What the backward pass reads of the output.
  var outputUse: LayerTraits.OutputUse {
    switch self {
    case .layer(let place, let relu): max(place.layer.traits.outputUse, relu ? .signs : .nothing)
    case .residual: .nothing
    case .normalized, .copy, .concatenation: .values
    }
  }
}

extension NetworkPlan {
  /// A chain while it is planned.
  private struct Chain {
    private(set) var links: [Link] = []
    /// The last link's output, or the chain's input.
    private(set) var output: FeatureMaps
    var passesGradient: Bool
    /// Whether the output lies in a buffer with room for the concatenations that follow.
    var hasRoom = false

    init(input: FeatureMaps, passesGradient: Bool) {
      output = input
      self.passesGradient = passesGradient
    }

    mutating func append(
      _ content: Content, output: FeatureMaps, names: [String] = [], isInPlace: Bool = false,
      measured: Measured? = nil
    ) {
      links.append(
        Link(
          content: content, input: self.output, output: output, passesGradient: passesGradient,
          isInPlace: isInPlace, names: names, measured: measured))
      self.output = output
    }

    /// Brings the output to a place, unless it is there.
    mutating func copy(to target: FeatureMaps) {
      if target.base != output.base { append(.copy, output: target) }
    }
  }
}

extension PlacedLayer {
  var isRelu: Bool { layer == .activation(ActivationSpec(.relu)) }
}

extension LayerSpec {
  /// Whether the layer appends channels to its input.
  var isConcatenation: Bool {
    if case .concatenation = self { true } else { false }
  }
}
