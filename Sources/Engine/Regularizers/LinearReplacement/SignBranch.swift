import Model

/// What Shakeout adds to a dense layer's products: the terms with S = sgn W, whose factor is r − 1
/// (Kang, Li, Tao, eq. 11–14). Everything here adds to what the plain layer has computed from X∘R.
struct SignBranch {
  let inputs: Int
  let outputs: Int
  /// The strength of the sign term.
  let c: Float
  /// k of the stand-in D = k·(1 − tanh²(kW)) for the derivative of the sign.
  let tanhScale: Float
  let weights: UnsafePointer<Float>
  let weightGradient: UnsafeMutablePointer<Float>
  /// c·S, outputs × inputs.
  let signs: UnsafeMutablePointer<Float>
  /// X∘(R − 1), samples × inputs.
  let excess: UnsafeMutablePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>?
  let mask: DropMask

  /// Outputs that one part of the forward pass takes.
  static let outputBlock = 128
  /// Inputs that one part of the backward pass takes: whole groups of the mask.
  var inputBlock: Int { outputs < DenseLayer.narrow ? 512 : 128 }

  /// Rows of the weight gradient's part that fit a core's cache beside their operands.
  private static let rowBlock = 256

  /// Scratch that the backward pass needs.
  func scratchFloats(capacity: Int) -> Int {
    max(capacity, min(outputs, Self.rowBlock)) * inputBlock
  }

  /// signs ← c·sgn W, with sgn 0 = 0.
  func takeSigns(rows: Range<Int>) {
    let strength = Vector(repeating: c)
    let end = rows.count * inputs
    let (source, target) = (weights + rows.lowerBound * inputs, signs + rows.lowerBound * inputs)
    for index in stride(from: 0, to: end, by: 8) {
      let w = load(source + index)
      let signed = Vector(repeating: 0).replacing(with: strength, where: w .> 0)
        .replacing(with: -strength, where: w .< 0)
      store(signed, target + index, column: index, of: end)
    }
  }

  /// U += c·(X∘(R − 1))·Sᵀ for some samples and outputs.
  func addForward(rows: Range<Int>, outputs range: Range<Int>) {
    Matrix.timesTransposed(
      y + rows.lowerBound * outputs + range.lowerBound, ldc: outputs,
      excess + rows.lowerBound * inputs, lda: inputs, signs + range.lowerBound * inputs,
      ldb: inputs, m: rows.count, n: range.count, k: inputs, beta: 1)
  }

  /// dW += c·D∘(δᵀ(X∘(R − 1))) for some inputs.
  func addWeightGradient(
    count: Int, inputs range: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    for first in stride(from: 0, to: outputs, by: Self.rowBlock) {
      let rows = first..<min(first + Self.rowBlock, outputs)
      Matrix.transposedTimes(
        scratch, ldc: range.count, dy + first, lda: outputs, excess + range.lowerBound,
        ldb: inputs, m: rows.count, n: range.count, k: count)
      for row in rows {
        addDamped(
          scratch + (row - first) * range.count, at: row * inputs + range.lowerBound,
          count: range.count)
      }
    }
  }

  /// dW[place…] += c·D∘values.
  private func addDamped(_ values: UnsafePointer<Float>, at place: Int, count: Int) {
    let k = Vector(repeating: tanhScale)
    let strength = c * tanhScale
    for index in stride(from: 0, to: count, by: 8) {
      let t = VectorMath.tanh(k * load(weights + place + index))
      let damped = (1 - t * t) * strength
      let sum = load(weightGradient + place + index)
        .addingProduct(damped, load(values + index))
      store(sum, weightGradient + place + index, column: index, of: count)
    }
  }

  /// dX ← R∘dX + (R − 1)∘(δ·cS) for some inputs, where dX holds δW.
  func combineInputGradient(
    count: Int, inputs range: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    guard let dx else { return }
    Matrix.times(
      scratch, ldc: range.count, dy, lda: outputs, signs + range.lowerBound, ldb: inputs,
      m: count, n: range.count, k: outputs)
    for sample in 0..<count {
      mask.combine(
        dx + sample * inputs + range.lowerBound, scratch + sample * range.count, units: range,
        sample: sample)
    }
  }
}
