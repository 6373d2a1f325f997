import Model

/// One hidden layer with the arrays that the regularizer of marginalized noise needs of it. Matrices
/// have a sample, or a unit, in each row.
struct MarginalizedHidden {
  /// Units, and units of the layer below.
  let units: Int
  let inputs: Int
  /// z and the layer below's z (or the input), samples × units or inputs.
  let z: UnsafeMutablePointer<Float>
  let below: UnsafeMutablePointer<Float>
  /// W and its gradient, units × inputs; the gradient of b.
  let w: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let biasGradient: UnsafeMutablePointer<Float>
  /// s = z∘(1 − z), ∂R/∂s, and ∂loss/∂z, which becomes ∂loss/∂h.
  let s: UnsafeMutablePointer<Float>
  let ds: UnsafeMutablePointer<Float>
  let dz: UnsafeMutablePointer<Float>
  /// The layer below's z∘z, samples × inputs.
  let belowSquared: UnsafeMutablePointer<Float>
  /// W∘W.
  let wSquared: UnsafeMutablePointer<Float>
  /// (z_below∘z_below)·(W∘W)ᵀ, the coefficient c of each unit, ∂R/∂c, and λ·c·s², samples × units.
  let u: UnsafeMutablePointer<Float>
  let c: UnsafeMutablePointer<Float>
  let dc: UnsafeMutablePointer<Float>
  let p: UnsafeMutablePointer<Float>
  /// What is to be added to the gradient, divided by 2W, units × inputs.
  let extra: UnsafeMutablePointer<Float>
  /// Room for samples × inputs.
  let spare: UnsafeMutablePointer<Float>

  init(
    z: FeatureMaps, below: FeatureMaps, weights: Parameter, bias: Parameter, _ arena: Arena,
    capacity: Int
  ) {
    (units, inputs) = (z.shape.count, below.shape.count)
    (self.z, self.below) = (z.base, below.base)
    (w, gradient, biasGradient) = (weights.base, weights.gradientBase, bias.gradientBase)
    let (units, inputs) = (units, inputs)
    func samples(_ columns: Int) -> UnsafeMutablePointer<Float> { arena.floats(capacity * columns) }
    (s, ds, dz) = (samples(units), samples(units), samples(units))
    (u, c, dc, p) = (samples(units), samples(units), samples(units), samples(units))
    (belowSquared, spare) = (samples(inputs), samples(inputs))
    (wSquared, extra) = (arena.floats(units * inputs), arena.floats(units * inputs))
  }
}

/// The output layer with its arrays.
struct MarginalizedOutput {
  /// Classes and units of the last hidden layer.
  let classes: Int
  let inputs: Int
  /// a, samples × classes, and ∂loss/∂a: first the data loss's, then all of it.
  let logits: UnsafeMutablePointer<Float>
  let da: UnsafeMutablePointer<Float>
  /// B, its gradient, B∘B, classes × inputs; the gradient of b.
  let w: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let biasGradient: UnsafeMutablePointer<Float>
  let wSquared: UnsafeMutablePointer<Float>
  /// o = softmax(a), o∘(1 − o), ∂R/∂o and room, samples × classes.
  let o: UnsafeMutablePointer<Float>
  let spread: UnsafeMutablePointer<Float>
  let dO: UnsafeMutablePointer<Float>
  let spare: UnsafeMutablePointer<Float>
  /// M = o·B and V = o·(B∘B) − M∘M, samples × inputs.
  let mean: UnsafeMutablePointer<Float>
  let variance: UnsafeMutablePointer<Float>
  /// ∂R/∂V, that times M, and ∂R/∂c for c = (o∘(1 − o))·(B∘B), samples × inputs.
  let gVariance: UnsafeMutablePointer<Float>
  let gMean: UnsafeMutablePointer<Float>
  let gPrinted: UnsafeMutablePointer<Float>
  /// Room, classes × inputs.
  let extra: UnsafeMutablePointer<Float>
  /// Each sample's R.
  let penalty: UnsafeMutablePointer<Float>

  init(
    logits: FeatureMaps, below: FeatureMaps, gradient: UnsafeMutablePointer<Float>,
    weights: Parameter, bias: Parameter, _ arena: Arena, capacity: Int
  ) {
    (classes, inputs) = (logits.shape.count, below.shape.count)
    (self.logits, da) = (logits.base, gradient)
    (w, self.gradient, biasGradient) = (weights.base, weights.gradientBase, bias.gradientBase)
    let (classes, inputs) = (classes, inputs)
    func samples(_ columns: Int) -> UnsafeMutablePointer<Float> { arena.floats(capacity * columns) }
    (o, spread) = (samples(classes), samples(classes))
    (dO, spare) = (samples(classes), samples(classes))
    (mean, variance) = (samples(inputs), samples(inputs))
    (gVariance, gMean, gPrinted) = (samples(inputs), samples(inputs), samples(inputs))
    (wSquared, extra) = (arena.floats(classes * inputs), arena.floats(classes * inputs))
    penalty = samples(1)
  }
}

/// Each sample's Jacobian of the outputs with respect to a layer, in a stack of samples × classes rows.
struct MarginalizedJacobian {
  /// Units of the layer above and of the layer itself.
  let units: Int
  let inputs: Int
  /// A, the Jacobian with respect to the layer above's h, and ∂R/∂A, rows × units.
  let a: UnsafeMutablePointer<Float>
  let da: UnsafeMutablePointer<Float>
  /// J = A·W and ∂R/∂J, rows × inputs.
  let j: UnsafeMutablePointer<Float>
  let g: UnsafeMutablePointer<Float>

  init(units: Int, inputs: Int, rows: Int, _ arena: Arena) {
    (self.units, self.inputs) = (units, inputs)
    (a, da) = (arena.floats(rows * units), arena.floats(rows * units))
    (j, g) = (arena.floats(rows * inputs), arena.floats(rows * inputs))
  }
}
