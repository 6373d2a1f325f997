import Model

/// What Shakeout adds to a dense layer's products: the terms with S = sgn W, whose factor is r − 1
/// (Kang, Li, Tao, eq. 11–14). Everything here adds to what the plain layer has computed from X∘R.
///
/// Signs are formed tile by tile next to their products, in the cache: for a wide layer a matrix of
/// signs would cost more in memory traffic than it saves.
struct SignBranch {
  let inputs: Int
  let outputs: Int
  /// The strength of the sign term.
  let c: Float
  /// k of the stand-in D = k·(1 − tanh²(kW)) for the derivative of the sign.
  let tanhScale: Float
  let weights: UnsafePointer<Float>
  let weightGradient: UnsafeMutablePointer<Float>
  /// X∘(R − 1), samples × inputs.
  let excess: UnsafeMutablePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>?
  let mask: DropMask

  /// Outputs that one part of a wide layer's forward pass takes.
  static let outputBlock = 128
  /// Inputs of a tile in the forward pass.
  private static let forwardWidth = 1024
  /// Outputs of a tile in the backward pass.
  private static let backwardRows = 128

  /// Inputs that one part of the backward pass takes: whole vectors of the mask.
  static let inputBlock = 512

  /// Scratch that the passes need.
  func scratchFloats(capacity: Int) -> Int {
    let backward = (2 * min(outputs, Self.backwardRows) + capacity) * Self.inputBlock
    return max(backward, Self.outputBlock * Self.forwardWidth)
  }

  /// U += c·(X∘(R − 1))·Sᵀ for some samples and at most `outputBlock` outputs.
  func addForward(
    rows: Range<Int>, outputs range: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    for first in stride(from: 0, to: inputs, by: Self.forwardWidth) {
      let columns = first..<min(first + Self.forwardWidth, inputs)
      takeSigns(rows: range, columns: columns, into: scratch)
      Matrix.timesTransposed(
        y + rows.lowerBound * outputs + range.lowerBound, ldc: outputs,
        excess + rows.lowerBound * inputs + first, lda: inputs, scratch, ldb: columns.count,
        m: rows.count, n: range.count, k: columns.count, beta: 1)
    }
  }

  /// For some inputs: dW += c·D∘(δᵀ(X∘(R − 1))), and dX ← R∘dX + (R − 1)∘(δ·cS), where dX holds
  /// δW.
  func addBackward(
    count: Int, inputs columns: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    let width = columns.count
    let signs = scratch
    let products = signs + min(outputs, Self.backwardRows) * width
    let signGradient = products + min(outputs, Self.backwardRows) * width
    for first in stride(from: 0, to: outputs, by: Self.backwardRows) {
      let rows = first..<min(first + Self.backwardRows, outputs)
      Matrix.transposedTimes(
        products, ldc: width, dy + first, lda: outputs, excess + columns.lowerBound, ldb: inputs,
        m: rows.count, n: width, k: count)
      for row in rows {
        addDamped(
          products + (row - first) * width, at: row * inputs + columns.lowerBound, count: width)
      }
      guard dx != nil else { continue }
      takeSigns(rows: rows, columns: columns, into: signs)
      Matrix.times(
        signGradient, ldc: width, dy + first, lda: outputs, signs, ldb: width, m: count, n: width,
        k: rows.count, beta: first == 0 ? 0 : 1)
    }
    guard let dx else { return }
    for sample in 0..<count {
      mask.combine(
        dx + sample * inputs + columns.lowerBound, signGradient + sample * width, units: columns,
        sample: sample)
    }
  }

  /// tile ← c·sgn W, with sgn 0 = 0.
  private func takeSigns(
    rows: Range<Int>, columns: Range<Int>, into tile: UnsafeMutablePointer<Float>
  ) {
    let strength = Vector(repeating: c)
    let width = columns.count
    for row in rows {
      let source = weights + row * inputs + columns.lowerBound
      let target = tile + (row - rows.lowerBound) * width
      for index in stride(from: 0, to: width, by: 8) {
        let w = load(source + index)
        let signed = Vector(repeating: 0).replacing(with: strength, where: w .> 0)
          .replacing(with: -strength, where: w .< 0)
        store(signed, target + index, column: index, of: width)
      }
    }
  }

  /// dW[place…] += c·D∘values.
  private func addDamped(_ values: UnsafePointer<Float>, at place: Int, count: Int) {
    let k = Vector(repeating: tanhScale)
    let strength = c * tanhScale
    for index in stride(from: 0, to: count, by: 8) {
      let damped = VectorMath.tanhDerivative(k * load(weights + place + index)) * strength
      let sum = load(weightGradient + place + index).addingProduct(damped, load(values + index))
      store(sum, weightGradient + place + index, column: index, of: count)
    }
  }
}
