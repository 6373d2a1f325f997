import Canonical
import Model

/// How a `DataTransform` is carried out. All of the registry must say it:
/// `DataTransformRegistry.kinds.effect` does not compile otherwise.
protocol AppliedTransform: DataTransform {
  var effect: TransformEffect { get }
}

enum TransformEffect {
  /// On pixels from 0 to 255.
  case onPixels(any ImageTransform)
  /// On the network's input, behind normalization.
  case onInput(InputNoise)
}

/// A `DataTransform` that changes the pixels of one image.
protocol ImageTransform: AppliedTransform {
  /// Changes the image; `draw` are its random bits for this image and epoch.
  func apply(to image: WorkingImage, _ draw: SIMD4<UInt32>)
}

extension ImageTransform {
  var effect: TransformEffect { .onPixels(self) }
}

extension Kinds where repeat each Kind: AppliedTransform {
  /// What a transform does; nil for one that is not of the registry, which no config can name.
  func effect(of transform: any DataTransform) -> TransformEffect? {
    var effect: TransformEffect?
    func look<Found: AppliedTransform>(_ kind: Found.Type) {
      if let found = transform as? Found { effect = found.effect }
    }
    repeat look((each Kind).self)
    return effect
  }
}

extension RandomBits {
  /// A number from 0 to `bound − 1`; the bias is below bound·2⁻³².
  static func below(_ bound: Int, _ bits: UInt32) -> Int {
    Int((UInt64(bits) * UInt64(bound)) >> 32)
  }
}

extension PadCrop: ImageTransform {
  func apply(to image: WorkingImage, _ draw: SIMD4<UInt32>) {
    let down = RandomBits.below(2 * pad + 1, draw[0]) - pad
    let right = RandomBits.below(2 * pad + 1, draw[1]) - pad
    image.resample(WorkingImage.Outside(fill)) { ($0 &+ down, $1 &+ right) }
  }
}

extension Flip: ImageTransform {
  func apply(to image: WorkingImage, _ draw: SIMD4<UInt32>) {
    guard draw[0] < RandomBits.threshold(probability) else { return }
    let last = image.width - 1
    image.resample(.value(0)) { ($0, last &- $1) }
  }
}

extension Cutout: ImageTransform {
  func apply(to image: WorkingImage, _ draw: SIMD4<UInt32>) {
    let row = RandomBits.below(image.height, draw[0])
    let column = RandomBits.below(image.width, draw[1])
    let half = size / 2
    // An odd size loses a pixel, as in the authors' code.
    image.makeVoid(
      rows: (row - half)..<max(row - half, row + half),
      columns: (column - half)..<max(column - half, column + half))
  }
}

extension Brightness: ImageTransform {
  func apply(to image: WorkingImage, _ draw: SIMD4<UInt32>) {
    let factor = 1 + Float(most) * (2 * RandomBits.uniform(draw[0]) - 1)
    for place in image.pixels.indices {
      let value = (Float(image.pixels[place]) * factor).rounded()
      image.pixels[place] = UInt8(min(max(value, 0), 255))
    }
  }
}

extension Rotation: ImageTransform {
  func apply(to image: WorkingImage, _ draw: SIMD4<UInt32>) {
    let angle = degrees * Double(2 * RandomBits.uniform(draw[0]) - 1)
    image.rotate(degrees: angle, WorkingImage.Outside(fill))
  }
}
