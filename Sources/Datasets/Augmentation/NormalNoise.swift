import Glibc
import Model

extension InputNoise: AppliedTransform {
  var effect: TransformEffect { .onInput(self) }

  /// Adds noise to an image, four numbers from each block of the stream.
  func add(
    to output: UnsafeMutableBufferPointer<Float>, _ stream: RandomStream, position: UInt64
  ) {
    for start in stride(from: 0, to: output.count, by: 4) {
      let words = stream.block(position: position, index: UInt32(start / 4))
      let noise = Self.normals(words)
      for place in start..<min(start + 4, output.count) {
        output[place] += Float(std) * noise[place - start]
      }
    }
  }

  /// Four normally distributed numbers by the method of Box and Muller.
  static func normals(_ words: SIMD4<UInt32>) -> SIMD4<Float> {
    var normals = SIMD4<Float>()
    for pair in 0..<2 {
      // In (0, 1], so that the logarithm is finite.
      let u = (Double(words[2 * pair]) + 1) * 0x1p-32
      let radius = (-2 * log(u)).squareRoot()
      let angle = 2 * Double.pi * Double(words[2 * pair + 1]) * 0x1p-32
      normals[2 * pair] = Float(radius * cos(angle))
      normals[2 * pair + 1] = Float(radius * sin(angle))
    }
    return normals
  }
}
