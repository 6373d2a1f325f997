import Model

extension CompiledLayer {
  /// Multiplicative noise on units: y = x∘r in training; in evaluation y = x, or x times the noise's
  /// mean. Input and output may be the same memory, and so may their gradients; where the mean is 1,
  /// evaluation is free then.
  static func unitNoise(_ factors: any NoiseFactors, _ ports: LayerPorts) -> CompiledLayer {
    var layer = CompiledLayer(kind: "UnitNoise")
    let (input, output) = (ports.input, ports.output)
    let mean = factors.mean
    layer.forward = [
      Stage(.lanes) { part, pass in
        guard let step = pass.trainingStep else {
          Self.copy(input, to: output, part.samples, times: mean)
          return
        }
        factors.draw(step: step, samples: part.samples)
        for sample in part.samples {
          factors.multiply(
            input.sample(sample), into: output.sample(sample), sample: sample, step: step)
        }
      }
    ]
    let gradient = ports.outputGradient
    layer.backward =
      ports.inputGradient.map { target in
        Stage(.lanes) { part, pass in
          guard let step = pass.trainingStep else {
            Self.copy(gradient, to: target, part.samples, times: mean)
            return
          }
          for sample in part.samples {
            factors.multiply(
              gradient.sample(sample), into: target.sample(sample), sample: sample, step: step)
          }
        }
      }.map { [$0] } ?? []
    return layer
  }

  private static func copy(
    _ input: FeatureMaps, to output: FeatureMaps, _ samples: Range<Int>, times factor: Float
  ) {
    let (x, y) = (input.sample(samples.lowerBound), output.sample(samples.lowerBound))
    let count = samples.count * input.sampleStride
    if factor != 1 {
      for index in 0..<count { y[index] = factor * x[index] }
    } else if x != y {
      y.update(from: x, count: count)
    }
  }
}

/// The factors r of a noise layer at a training step.
protocol NoiseFactors {
  /// The factors as a product behind a normalization computes them while it reads; nil where it cannot.
  var inputNoise: InputMask.Noise? { get }
  /// Their mean, which stands for them in evaluation.
  var mean: Float { get }
  /// Prepares the factors of some samples of the batch.
  func draw(step: UInt64, samples: Range<Int>)
  /// y ← x∘r for one sample; x and y may be the same.
  func multiply(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, sample: Int, step: UInt64)
}

extension DropMask: NoiseFactors {
  var inputNoise: InputMask.Noise? { .dropout(self) }

  func multiply(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, sample: Int, step: UInt64
  ) {
    multiply(x, into: y, sample: sample)
  }
}

extension LayerCompiler {
  func visit(_ noise: UnitNoise) -> CompiledLayer {
    .unitNoise(noise.accept(UnitNoiseCompiler(place, context: context)), ports)
  }
}

/// Makes the factors of a kind of noise.
struct UnitNoiseCompiler: UnitNoiseVisitor {
  /// Numbers of a sample.
  let units: Int
  let stream: RandomStream
  let context: LayerContext
}

extension UnitNoiseCompiler {
  /// The factors of a noise layer, which is named after its site: the stream is for that.
  init(_ place: PlacedLayer, context: LayerContext) {
    self.init(
      units: place.input.count, stream: context.root.stream(.mask, place.name), context: context)
  }
}
