import Canonical

/// Moves the image by up to `pad` pixels in both directions: what is left of a random crop of its
/// own size from the padded image.
package struct PadCrop: DataTransform, Hashable {
  /// The name in configs.
  package static let name = "pad-crop"
  package static let summary = "images are moved by a few pixels at random"
  package static let example: any Regularizer = PadCrop(pad: 4)

  /// Pixels of padding on each side; the origin of the crop is uniform in 0 … 2·pad.
  package var pad: Int
  /// What the padding is.
  package var fill: Fill

  /// Pads by this many pixels.
  package init(pad: Int, fill: Fill = .zero) {
    self.pad = pad
    self.fill = fill
  }

  package static let blank = PadCrop(pad: 4)
  package static let fields: [Field<PadCrop>] = [
    .whole("pad", \.pad, in: 1...512, .optional, "pixels of padding on each side"),
    .choice("fill", \.fill, .optional, "what the padding is"),
  ]

  package func problem(on shape: FeatureShape) -> String? {
    pad < min(shape.height, shape.width) ? nil : "a padding of \(pad) on images of \(shape)"
  }
}
