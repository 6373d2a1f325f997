import Model

/// Training images on their way to a network: changed by the transforms of a cell, then normalized.
///
/// What an image becomes is a function of the root, the epoch and the image's index alone: neither
/// its place in a batch, nor what came before, nor the number of threads can change it.
package final class TrainingImages {
  private struct Step {
    var transform: any ImageTransform
    var stream: RandomStream
  }

  private let images: ImageSet
  private let normalization: PixelNormalization
  private var steps: [Step] = []
  private var noises: [(noise: InputNoise, stream: RandomStream)] = []
  private let image: WorkingImage

  /// Changes `images` by `transforms` in order; noise comes after normalization.
  package init(
    _ images: ImageSet, _ normalization: PixelNormalization, _ transforms: [any DataTransform],
    root: RandomRoot
  ) {
    self.images = images
    self.normalization = normalization
    image = WorkingImage(images.shape)
    var seen: [String: Int] = [:]
    for transform in transforms {
      let name = type(of: transform).name
      let count = seen[name, default: 0] + 1
      seen[name] = count
      // Streams go by name, so that a transform which one arm adds leaves the others' draws alone.
      let stream = root.stream(.augmentation, count == 1 ? name : "\(name)#\(count)")
      switch DataTransformRegistry.kinds.effect(of: transform) {
      case .onPixels(let transform): steps.append(Step(transform: transform, stream: stream))
      case .onInput(let noise): noises.append((noise, stream))
      case nil: continue
      }
    }
  }

  /// Whether images are changed by anything but normalization.
  package var areTransformed: Bool { !steps.isEmpty || !noises.isEmpty }

  /// Writes the images with these indices one behind the other into `output`, which has room for
  /// indices × height × width × channels numbers (NHWC).
  /// - Parameter epochs: for each image, how many times the training set has been gone through.
  package func fill(
    _ output: UnsafeMutablePointer<Float>, _ indices: UnsafeBufferPointer<Int32>,
    epochs: UnsafeBufferPointer<Int32>
  ) {
    guard areTransformed else {
      return normalization.fill(output, images, indices)
    }
    let size = images.shape.count
    for (place, index) in indices.enumerated() {
      let position = UInt64(UInt32(bitPattern: epochs[place])) << 32 | UInt64(index)
      let target = UnsafeMutableBufferPointer(start: output + place * size, count: size)
      load(Int(index))
      for step in steps {
        step.transform.apply(to: image, step.stream.block(position: position, index: 0))
      }
      normalize(into: target)
      if image.hasVoids { Self.clear(target, image.voids, channels: image.channels) }
      for noise in noises { noise.noise.add(to: target, noise.stream, position: position) }
    }
  }

  // These two are not inlined: Swift 6.3's optimizer stops at the spans in a loop otherwise.

  @inline(never)
  private func load(_ index: Int) {
    let images = images
    image.load(images.image(index))
  }

  @inline(never)
  private func normalize(into target: UnsafeMutableBufferPointer<Float>) {
    normalization.normalize(image.pixels.span, target)
  }

  private static func clear(
    _ output: UnsafeMutableBufferPointer<Float>, _ voids: UnsafeMutableBufferPointer<UInt8>,
    channels: Int
  ) {
    for pixel in voids.indices where voids[pixel] != 0 {
      for channel in 0..<channels { output[pixel &* channels &+ channel] = 0 }
    }
  }
}
