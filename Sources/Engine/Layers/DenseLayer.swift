import Model

extension CompiledLayer {
  /// U = X·Wᵀ + b, with a ReLU in the same pass where one follows.
  ///
  /// Small batches leave no room for parallel work over samples, so wide layers are cut over output
  /// features (and the data gradient over input features); layers with few outputs are cut over
  /// samples on the way up and over input features on the way down. Every element is summed inside
  /// one part, so nothing has to be added up afterwards.
  /// - Parameter updates: whether weights may be updated right behind their gradient, because nothing
  ///   else adds to it.
  static func dense(
    _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
    updates: Bool, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "Dense")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    let shape = DenseShape(
      inputs: ports.input.shape.count, outputs: ports.output.shape.count, relu: relu)
    let memory = DenseMemory(
      x: ports.input.base, y: ports.output.base, dx: ports.inputGradient?.base,
      dy: ports.outputGradient.base, w: weights.base, dw: weights.gradientBase,
      b: bias?.base, db: bias?.gradientBase)
    if shape.outputs < DenseShape.narrow {
      layer.planNarrow(shape, memory)
    } else {
      // Only data hold many zeros, and nobody asks for their gradient.
      let sparse =
        memory.dx == nil
        ? SparseInput(
          shape, x: memory.x, capacity: context.lanes.capacity, arena: context.arena) : nil
      let block = DenseShape.parts(shape.outputs).size * shape.inputs
      let updates = updates && block <= DenseShape.updateFloats
      if updates { layer.updated = [weights] }
      context.needScratch((sparse?.deltaFloats ?? 0) + (updates ? block : 0))
      context.needScratch(
        TileProduct.packedFloats(
          rows: DenseShape.depth, columns: max(24, DenseShape.parts(shape.inputs).size)))
      layer.planWide(shape, memory, sparse: sparse, updates: updates)
    }
    return layer
  }

  private mutating func planWide(
    _ shape: DenseShape, _ memory: DenseMemory, sparse: SparseInput?, updates: Bool
  ) {
    let (outputs, inputs) = (DenseShape.parts(shape.outputs), DenseShape.parts(shape.inputs))
    let multiplying = Stage(.blocks(outputs.count)) { part, pass in
      let outputs = outputs[part.index]
      if let sparse, sparse.isInUse {
        denseForward(
          shape, memory, sparse: sparse, count: pass.count, outputs: outputs,
          panel: part.scratch)
      } else {
        denseForward(shape, memory, count: pass.count, outputs: outputs, panel: part.scratch)
      }
    }
    forward = [sparse?.preparation, multiplying].compactMap(\.self)
    let masking = Stage(.blocks(outputs.count)) { part, pass in
      denseMask(shape, memory, rows: 0..<pass.count, outputs: outputs[part.index])
    }
    let passingOn = memory.dx.map { dx in
      Stage(.blocks(inputs.count)) { part, pass in
        denseInputGradient(
          shape, memory, count: pass.count, inputs: inputs[part.index], to: dx,
          panels: part.scratch)
      }
    }
    // Last, because an update changes the weights that the input's gradient asks for.
    let learning = Stage(.blocks(outputs.count)) { part, pass in
      guard pass.learns else { return }
      let outputs = outputs[part.index]
      denseBiasGradient(shape, memory, count: pass.count, outputs: outputs)
      let update = updates ? pass.weightUpdate : nil
      let start = outputs.lowerBound * shape.inputs
      let dw =
        update == nil ? memory.dw + start : part.scratch + (sparse?.deltaFloats ?? 0)
      if let sparse, sparse.isInUse {
        sparse.weightGradient(
          memory.dy + outputs.lowerBound, stride: shape.outputs, count: pass.count,
          outputs: outputs.count, to: dw, copy: part.scratch)
      } else {
        denseWeightGradient(
          shape, memory, count: pass.count, outputs: outputs, inputs: 0..<shape.inputs, to: dw)
      }
      update?.update(memory.w, start: start, count: outputs.count * shape.inputs, gradient: dw)
    }
    backward =
      (shape.relu ? [masking] : []) + [passingOn, sparse?.backwardPreparation].compactMap(\.self)
      + [learning]
  }

  private mutating func planNarrow(_ shape: DenseShape, _ memory: DenseMemory) {
    let inputs = FixedBlocks(shape.inputs, of: DenseShape.narrowInputs)
    forward = [
      Stage(.lanes) { part, _ in
        narrowDenseForward(shape, memory, rows: part.samples)
      }
    ]
    if shape.relu {
      backward.append(
        Stage(.lanes) { part, _ in
          denseMask(shape, memory, rows: part.samples, outputs: 0..<shape.outputs)
        })
    }
    backward.append(
      Stage(.blocks(inputs.count)) { part, pass in
        if part.index == 0 {
          denseBiasGradient(shape, memory, count: pass.count, outputs: 0..<shape.outputs)
        }
        denseWeightGradient(
          shape, memory, count: pass.count, outputs: 0..<shape.outputs,
          inputs: inputs[part.index], to: memory.dw)
        narrowDenseInputGradient(
          shape, memory, count: pass.count, inputs: inputs[part.index])
      })
  }
}

/// A range cut into blocks of one fixed size, the last one shorter.
struct FixedBlocks {
  let length: Int
  let size: Int
  init(_ length: Int, of size: Int) {
    self.length = length
    self.size = size
  }
  /// How many blocks.
  var count: Int { (length + size - 1) / size }
  subscript(_ index: Int) -> Range<Int> { index * size..<min((index + 1) * size, length) }
}

extension LayerCompiler {
  func visit(_ spec: DenseSpec) -> CompiledLayer {
    if let replacement = spec.replacement {
      return replacement.accept(DenseReplacementCompiler(layer: self))
    }
    let (weights, bias) = linearParameters
    return .dense(
      ports, weights: weights, bias: bias, relu: relu, updates: true, context: context)
  }
}

/// Compiles a dense layer whose product is replaced.
struct DenseReplacementCompiler: DenseReplacementVisitor {
  let layer: LayerCompiler
}
