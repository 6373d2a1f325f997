import Model

/// The parts of the regularizer that need each sample's Jacobian of the outputs.
extension MarginalizedNoiseLane {
  /// Exact Jacobians with respect to the input and, in deeper networks, the first hidden layer.
  func addExact() {
    let last = hidden.count - 1
    guard let upper = jacobians[last] else { return }
    startJacobian(upper)
    if hidden.count == 1 {
      addVariance(upper, squares: top.belowSquared, z: nil, dz: nil)
      finishJacobian(upper)
      return
    }
    let lower = hidden[0]
    clearRows(upper.g, upper.inputs)
    if noise.on.hasHidden {
      addVariance(upper, squares: top.belowSquared, z: lower.z, dz: lower.dz)
    }
    if noise.on.hasInput, let jacobian = jacobians[0] {
      addInput(jacobian, above: upper, lower)
    }
    finishJacobian(upper)
  }

  /// The input's noise through the first hidden layer's exact Jacobian but without products of
  /// different units: R = λ Σ_i c_i s_i² Σ_d x_d² W_id², c_i being what stands for Var_o[∂a/∂z_i].
  func addJacobianSquares() {
    guard let upper = jacobians[1] else { return }
    let lower = hidden[0]
    startJacobian(upper)
    let (n, classes) = (upper.inputs, output.classes)
    let isVariance = noise.approxForm == .variance
    for sample in rows {
      let c = lower.c + sample * n
      c.update(repeating: 0, count: n)
      forEachClass(sample) { k, row in
        let o = output.o[sample * classes + k]
        let factor = isVariance ? o : o * (1 - o)
        addProduct(upper.j + row * n, upper.j + row * n, times: factor, to: c, n)
      }
      guard isVariance else { continue }
      let mean = meanJacobian(upper, sample)
      subtractSquare(mean, c, n)
    }
    addSquares(lower, to: lower.dc, dzBelow: nil)
    for sample in rows {
      let dc = lower.dc + sample * n
      let mean = isVariance ? meanJacobian(upper, sample) : nil
      forEachClass(sample) { k, row in
        let o = output.o[sample * classes + k]
        let (j, g) = (upper.j + row * n, upper.g + row * n)
        var sum: Float = 0
        if let mean {
          for i in 0..<n {
            g[i] = 2 * o * (j[i] - mean[i]) * dc[i]
            sum += (j[i] * j[i] - 2 * mean[i] * j[i]) * dc[i]
          }
        } else {
          let spread = o * (1 - o)
          for i in 0..<n {
            g[i] = 2 * spread * j[i] * dc[i]
            sum += j[i] * j[i] * dc[i]
          }
          sum *= 1 - 2 * o
        }
        output.dO[sample * classes + k] += sum
      }
    }
    finishJacobian(upper)
  }

  /// A = B·diag(s) of the last hidden layer and J = A·W.
  private func startJacobian(_ jacobian: MarginalizedJacobian) {
    let n = jacobian.units
    for sample in rows {
      forEachClass(sample) { k, row in
        multiply(output.w + k * n, top.s + sample * n, jacobian.a + row * n, n)
      }
    }
    timesWeights(jacobian, top)
  }

  /// dA = ∂R/∂J·Wᵀ, and its part in ds; the weights' parts wait for the whole batch.
  private func finishJacobian(_ jacobian: MarginalizedJacobian) {
    backToA(jacobian, top)
    let n = jacobian.units
    for sample in rows {
      forEachClass(sample) { k, row in
        addProduct(
          jacobian.da + row * n, output.w + k * n, times: 1, to: top.ds + sample * n, n)
      }
    }
  }

  /// The input's exact Jacobian J₀ = J₁·diag(s₁)·W₁ and what it does to J₁ and s₁.
  private func addInput(
    _ jacobian: MarginalizedJacobian, above: MarginalizedJacobian, _ lower: MarginalizedHidden
  ) {
    let n = jacobian.units
    for sample in rows {
      forEachClass(sample) { _, row in
        multiply(above.j + row * n, lower.s + sample * n, jacobian.a + row * n, n)
      }
    }
    timesWeights(jacobian, lower)
    addVariance(jacobian, squares: lower.belowSquared, z: nil, dz: nil)
    backToA(jacobian, lower)
    for sample in rows {
      forEachClass(sample) { _, row in
        let da = jacobian.da + row * n
        addProduct(da, lower.s + sample * n, times: 1, to: above.g + row * n, n)
        addProduct(da, above.j + row * n, times: 1, to: lower.ds + sample * n, n)
      }
    }
  }

  /// R = λ Σ_k o_k Σ_d z_d² (J_kd − m_d)², m = Σ_k o_k J_k: fills ∂R/∂J, adds to ∂R/∂o and, for a
  /// layer of units, to ∂R/∂z.
  private func addVariance(
    _ jacobian: MarginalizedJacobian, squares: UnsafePointer<Float>, z: UnsafePointer<Float>?,
    dz: UnsafeMutablePointer<Float>?
  ) {
    let (n, classes) = (jacobian.inputs, output.classes)
    for sample in rows {
      let mean = meanJacobian(jacobian, sample)
      let x2 = squares + sample * n
      var total: Float = 0
      forEachClass(sample) { k, row in
        let o = output.o[sample * classes + k]
        let (j, g) = (jacobian.j + row * n, jacobian.g + row * n)
        var (sum, variance) = (Float(0), Float(0))
        for d in 0..<n {
          let deviation = j[d] - mean[d]
          g[d] = 2 * lambda * o * x2[d] * deviation
          sum += x2[d] * (j[d] * j[d] - 2 * mean[d] * j[d])
          variance += x2[d] * deviation * deviation
        }
        output.dO[sample * classes + k] += lambda * sum
        total += lambda * o * variance
        guard let z, let dz else { return }
        for d in 0..<n {
          let deviation = j[d] - mean[d]
          dz[sample * n + d] += 2 * lambda * o * z[sample * n + d] * deviation * deviation
        }
      }
      output.penalty[sample] += total
    }
  }

  /// Σ_k o_k J_k of a sample, in room that addSquares has no use for then.
  private func meanJacobian(
    _ jacobian: MarginalizedJacobian, _ sample: Int
  ) -> UnsafeMutablePointer<Float> {
    let (n, classes) = (jacobian.inputs, output.classes)
    let mean = (jacobian.inputs == top.inputs ? top : hidden[0]).spare + sample * n
    mean.update(repeating: 0, count: n)
    forEachClass(sample) { k, row in
      let (o, j) = (output.o[sample * classes + k], jacobian.j + row * n)
      for d in 0..<n { mean[d] += o * j[d] }
    }
    return mean
  }

  /// J = A·W, for the lane's stack.
  private func timesWeights(_ jacobian: MarginalizedJacobian, _ layer: MarginalizedHidden) {
    let start = first * output.classes
    Matrix.times(
      jacobian.j + start * jacobian.inputs, ldc: jacobian.inputs,
      jacobian.a + start * jacobian.units, lda: jacobian.units, layer.w, ldb: jacobian.inputs,
      m: rows.count * output.classes, n: jacobian.inputs, k: jacobian.units)
  }

  /// dA = ∂R/∂J·Wᵀ.
  private func backToA(_ jacobian: MarginalizedJacobian, _ layer: MarginalizedHidden) {
    let start = first * output.classes
    Matrix.timesTransposed(
      jacobian.da + start * jacobian.units, ldc: jacobian.units,
      jacobian.g + start * jacobian.inputs, lda: jacobian.inputs, layer.w, ldb: jacobian.inputs,
      m: rows.count * output.classes, n: jacobian.units, k: jacobian.inputs)
  }

  private func clearRows(_ array: UnsafeMutablePointer<Float>, _ columns: Int) {
    let size = output.classes * columns
    (array + first * size).update(repeating: 0, count: rows.count * size)
  }

  /// Calls `body` with each class and its row in the stacks.
  private func forEachClass(_ sample: Int, _ body: (Int, Int) -> Void) {
    for k in 0..<output.classes { body(k, sample * output.classes + k) }
  }
}
