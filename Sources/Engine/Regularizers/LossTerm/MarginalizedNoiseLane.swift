import Model

/// One lane's share of the backward pass under marginalized noise: everything that belongs to samples.
/// λ is divided by the size of the batch, so that gradients are those of the mean.
struct MarginalizedNoiseLane {
  let noise: MarginalizedNoise
  let hidden: [MarginalizedHidden]
  let output: MarginalizedOutput
  let jacobians: [MarginalizedJacobian?]
  let rows: Range<Int>
  let lambda: Float

  var top: MarginalizedHidden { hidden[hidden.count - 1] }
  var first: Int { rows.lowerBound }
  private var isVariance: Bool { noise.approxForm == .variance }
  /// ∂R/∂c of the last hidden layer's coefficients.
  var topCoefficientGradient: UnsafeMutablePointer<Float> {
    isVariance ? output.gVariance : output.gPrinted
  }

  func run(count: Int) {
    prepare()
    if noise.on.hasHidden { addLastHidden() }
    switch noise.form {
    case .exact: addExact()
    case .approx, .approxRecursive: addApproximation()
    }
    finishOutputs()
    goDown()
    let scale = Float(count)
    for sample in rows { output.penalty[sample] *= scale }
  }

  /// o, M, V, the derivatives s and squares; zeros in what is summed up.
  private func prepare() {
    let (classes, inputs) = (output.classes, output.inputs)
    for sample in rows {
      softmax(output.logits + sample * classes, output.o + sample * classes, classes)
      output.penalty[sample] = 0
    }
    let start = first * classes
    spread(output.o + start, output.spread + start, rows.count * classes)
    clear(output.dO, classes)
    clear(output.gVariance, inputs)
    clear(output.gPrinted, inputs)
    timesOutputWeights(output.o, output.w, output.mean)
    timesOutputWeights(output.o, output.wSquared, output.variance)
    let place = first * inputs
    subtractSquare(output.mean + place, output.variance + place, rows.count * inputs)
    for layer in hidden {
      let place = first * layer.units
      spread(layer.z + place, layer.s + place, rows.count * layer.units)
      square(
        layer.below + first * layer.inputs, layer.belowSquared + first * layer.inputs,
        rows.count * layer.inputs)
      clear(layer.ds, layer.units)
      clear(layer.dz, layer.units)
      clear(layer.dc, layer.units)
    }
  }

  /// R = λ Σ_j z_j² V_j of the last hidden layer.
  private func addLastHidden() {
    let n = output.inputs
    for sample in rows {
      let (z, v) = (top.z + sample * n, output.variance + sample * n)
      let (dz, g) = (top.dz + sample * n, output.gVariance + sample * n)
      for unit in 0..<n {
        g[unit] += lambda * z[unit] * z[unit]
        dz[unit] += 2 * lambda * z[unit] * v[unit]
      }
      // g holds nothing else yet.
      output.penalty[sample] += innerProduct(g, v, n)
    }
  }

  private func addApproximation() {
    let isDeep = hidden.count == 2
    let place = first * output.inputs
    if isVariance {
      (top.c + place).update(from: output.variance + place, count: rows.count * output.inputs)
    } else {
      timesOutputWeights(output.spread, output.wSquared, top.c)
    }
    if isDeep ? noise.on.hasHidden : noise.on.hasInput {
      addSquares(top, to: topCoefficientGradient, dzBelow: isDeep ? hidden[0].dz : nil)
    } else {
      clear(top.p, top.units)
    }
    guard isDeep, noise.on.hasInput else { return }
    if noise.form == .approxRecursive { addRecursion() } else { addJacobianSquares() }
  }

  /// R = λ Σ_j c_j s_j² Σ_d z_d² W_jd² of the layer below `layer`, whose c is given.
  /// - Parameters:
  ///   - dc: where ∂R/∂c is added.
  ///   - dzBelow: ∂loss/∂z of the layer below, nil for the input.
  func addSquares(
    _ layer: MarginalizedHidden, to dc: UnsafeMutablePointer<Float>,
    dzBelow: UnsafeMutablePointer<Float>?
  ) {
    let (n, inputs) = (layer.units, layer.inputs)
    Matrix.timesTransposed(
      layer.u + first * n, ldc: n, layer.belowSquared + first * inputs, lda: inputs,
      layer.wSquared, ldb: inputs, m: rows.count, n: n, k: inputs)
    for sample in rows {
      let place = sample * n
      let (c, s, u) = (layer.c + place, layer.s + place, layer.u + place)
      let (ds, p, dc) = (layer.ds + place, layer.p + place, dc + place)
      for unit in 0..<n {
        let weight = lambda * s[unit] * s[unit]
        dc[unit] += weight * u[unit]
        p[unit] = weight * c[unit]
        ds[unit] += 2 * lambda * c[unit] * s[unit] * u[unit]
      }
      output.penalty[sample] += innerProduct(p, u, n)
    }
    guard let dzBelow else { return }
    let spare = layer.spare + first * inputs
    Matrix.times(
      spare, ldc: inputs, layer.p + first * n, lda: n, layer.wSquared, ldb: inputs, m: rows.count,
      n: inputs, k: n)
    addProduct(
      layer.below + first * inputs, spare, times: 2, to: dzBelow + first * inputs,
      rows.count * inputs)
  }

  /// The input's noise through the coefficients c₁ = (c₂∘s₂²)·(W₂∘W₂).
  private func addRecursion() {
    let (lower, top) = (hidden[0], top)
    let (n, inputs) = (top.units, top.inputs)
    let (f, c, s, ds) = (top.u, top.c, top.s, top.ds)
    // u is not needed any more and becomes F = c∘s².
    for place in first * n..<rows.upperBound * n { f[place] = c[place] * s[place] * s[place] }
    Matrix.times(
      lower.c + first * inputs, ldc: inputs, top.u + first * n, lda: n, top.wSquared, ldb: inputs,
      m: rows.count, n: inputs, k: n)
    addSquares(lower, to: lower.dc, dzBelow: nil)
    // dF goes through dc, which the last hidden layer has no other use for.
    Matrix.timesTransposed(
      top.dc + first * n, ldc: n, lower.dc + first * inputs, lda: inputs, top.wSquared,
      ldb: inputs, m: rows.count, n: n, k: inputs)
    let (gradient, dF) = (topCoefficientGradient, top.dc)
    for place in first * n..<rows.upperBound * n {
      gradient[place] += dF[place] * s[place] * s[place]
      ds[place] += 2 * dF[place] * c[place] * s[place]
    }
  }

  /// ∂R/∂o complete, and with it ∂loss/∂a.
  private func finishOutputs() {
    let (classes, inputs) = (output.classes, output.inputs)
    let place = first * inputs
    multiply(
      output.gVariance + place, output.mean + place, output.gMean + place, rows.count * inputs)
    backToOutputs(output.gVariance, output.wSquared) { sample, k, value in
      output.dO[sample * classes + k] += value
    }
    backToOutputs(output.gMean, output.w) { sample, k, value in
      output.dO[sample * classes + k] -= 2 * value
    }
    backToOutputs(output.gPrinted, output.wSquared) { sample, k, value in
      output.dO[sample * classes + k] += (1 - 2 * output.o[sample * classes + k]) * value
    }
    for sample in rows {
      let (o, dO) = (output.o + sample * classes, output.dO + sample * classes)
      let mean = innerProduct(o, dO, classes)
      for k in 0..<classes { output.da[sample * classes + k] += o[k] * (dO[k] - mean) }
    }
  }

  /// dz = da·B + ds∘(1 − 2z) + …, dh = dz∘s, from layer to layer.
  private func goDown() {
    var (delta, w, above) = (output.da, output.w, output.classes)
    for layer in hidden.reversed() {
      let n = layer.units
      Matrix.times(
        layer.dz + first * n, ldc: n, delta + first * above, lda: above, w, ldb: n, m: rows.count,
        n: n, k: above, beta: 1)
      let (z, s, dz, ds) = (layer.z, layer.s, layer.dz, layer.ds)
      for place in first * n..<rows.upperBound * n {
        dz[place] = (dz[place] + ds[place] * (1 - 2 * z[place])) * s[place]
      }
      (delta, w, above) = (layer.dz, layer.w, n)
    }
  }

  private func clear(_ array: UnsafeMutablePointer<Float>, _ columns: Int) {
    (array + first * columns).update(repeating: 0, count: rows.count * columns)
  }

  /// target = x·w for x samples × classes and w classes × inputs.
  private func timesOutputWeights(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>
  ) {
    let (classes, inputs) = (output.classes, output.inputs)
    Matrix.times(
      target + first * inputs, ldc: inputs, x + first * classes, lda: classes, w, ldb: inputs,
      m: rows.count, n: inputs, k: classes)
  }

  /// Hands the elements of g·wᵀ, samples × classes, to `body`.
  private func backToOutputs(
    _ g: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ body: (Int, Int, Float) -> Void
  ) {
    let (classes, inputs) = (output.classes, output.inputs)
    Matrix.timesTransposed(
      output.spare + first * classes, ldc: classes, g + first * inputs, lda: inputs, w,
      ldb: inputs, m: rows.count, n: classes, k: inputs)
    for sample in rows {
      for k in 0..<classes { body(sample, k, output.spare[sample * classes + k]) }
    }
  }
}
