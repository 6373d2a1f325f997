import Model

/// One image that is being changed: its pixels, and which of them are void.
final class WorkingImage {
  /// What stands where nothing of the image is.
  enum Outside: Equatable {
    case value(UInt8)
    case void
    case reflection

    init(_ fill: Fill) {
      switch fill {
      case .zero: self = .value(0)
      case .mean: self = .void
      case .reflect: self = .reflection
      }
    }
  }

  let height: Int
  let width: Int
  let channels: Int
  /// Height × width × channels.
  private(set) var pixels: UnsafeMutableBufferPointer<UInt8>
  /// Height × width; not 0 where a pixel is void.
  private(set) var voids: UnsafeMutableBufferPointer<UInt8>
  private(set) var hasVoids = false
  private var otherPixels: UnsafeMutableBufferPointer<UInt8>
  private var otherVoids: UnsafeMutableBufferPointer<UInt8>

  init(_ shape: FeatureShape) {
    (height, width, channels) = (shape.height, shape.width, shape.channels)
    pixels = .allocate(capacity: shape.count)
    otherPixels = .allocate(capacity: shape.count)
    voids = .allocate(capacity: height * width)
    otherVoids = .allocate(capacity: height * width)
    otherPixels.initialize(repeating: 0)
    otherVoids.initialize(repeating: 0)
    pixels.initialize(repeating: 0)
    voids.initialize(repeating: 0)
  }

  deinit {
    pixels.deallocate()
    otherPixels.deallocate()
    voids.deallocate()
    otherVoids.deallocate()
  }

  /// Starts with another image.
  func load(_ image: Span<UInt8>) {
    image.withUnsafeBufferPointer { _ = pixels.update(fromContentsOf: $0) }
    clearVoids()
  }

  /// Forgets what is void; the pixels there are what they are.
  func clearVoids() {
    guard hasVoids else { return }
    voids.update(repeating: 0)
    hasVoids = false
  }

  /// Makes the pixels of a rectangle void; what lies outside the image is cut off.
  func makeVoid(rows: Range<Int>, columns: Range<Int>) {
    let columns = columns.clamped(to: 0..<width)
    for row in rows.clamped(to: 0..<height) {
      for column in columns { voids[row &* width &+ column] = 1 }
    }
    hasVoids = true
  }

  /// Takes each pixel from the place (row, column) that `source` names for it.
  @inline(__always)
  func resample(_ outside: Outside, _ source: (Int, Int) -> (Int, Int)) {
    let hadVoids = hasVoids
    var made = false
    for row in 0..<height {
      for column in 0..<width {
        let target = row &* width &+ column
        var (r, c) = source(row, column)
        if r < 0 || r >= height || c < 0 || c >= width {
          switch outside {
          case .reflection:
            r = Self.mirrored(r, height)
            c = Self.mirrored(c, width)
          case .value(let value):
            for channel in 0..<channels { otherPixels[target &* channels &+ channel] = value }
            otherVoids[target] = 0
            continue
          case .void:
            for channel in 0..<channels { otherPixels[target &* channels &+ channel] = 0 }
            otherVoids[target] = 1
            made = true
            continue
          }
        }
        let from = r &* width &+ c
        for channel in 0..<channels {
          otherPixels[target &* channels &+ channel] = pixels[from &* channels &+ channel]
        }
        otherVoids[target] = hadVoids ? voids[from] : 0
      }
    }
    swap(&pixels, &otherPixels)
    swap(&voids, &otherVoids)
    hasVoids = hadVoids || made
  }

  /// The place in 0 ..< count that a mirror at both borders shows at `place`; the border pixels
  /// themselves are not repeated.
  static func mirrored(_ place: Int, _ count: Int) -> Int {
    guard count > 1 else { return 0 }
    let period = 2 * (count - 1)
    let folded = ((place % period) + period) % period
    return folded < count ? folded : period - folded
  }
}
