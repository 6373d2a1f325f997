import Model

/// The sizes of a convolution, or of each group of a grouped one, and the offsets that its kernels read windows by. Images are read
/// from a copy with the zero border around it, or in place where there is no border.
struct ConvolutionGeometry {
  let input: FeatureShape
  let output: FeatureShape
  let kernel: Int
  let stride: Int
  let padding: Int

  /// Columns of an image with its border.
  var paddedWidth: Int { input.width + 2 * padding }
  /// Rows of an image with its border.
  var paddedHeight: Int { input.height + 2 * padding }
  /// Floats of an image with its border.
  var paddedCount: Int { paddedHeight * paddedWidth * input.channels }
  /// Floats of one row of an image with its border.
  var paddedRow: Int { paddedWidth * input.channels }
  /// Weights of one output channel.
  var patch: Int { kernel * kernel * input.channels }
  /// Numbers of a window that lie side by side.
  var run: Int { kernel * input.channels }
  /// The same, rounded up to whole vectors.
  var paddedRun: Int { (run + 7) & ~7 }
  /// Output channels, rounded up to whole vectors.
  var paddedOutputs: Int { (output.channels + 7) & ~7 }

  /// Floats between the positions of a copy of the output's gradient.
  var deltaStride: Int { output.channels }
  /// Floats of the filters as `packScatteringFilters` lays them out.
  var scatteringFloats: Int { kernel * paddedRun * output.channels }

  init(_ spec: ConvolutionSpec, input: FeatureShape, output: FeatureShape) {
    self.input = input.withChannels(input.channels / spec.groups)
    self.output = output.withChannels(output.channels / spec.groups)
    kernel = spec.kernel
    stride = spec.stride
    padding = spec.padding
  }

  /// Where each output pixel's window starts, in an image with its border.
  func windowOffsets(_ arena: Arena) -> UnsafePointer<Int32> {
    rowTable(output.positions, arena) { position in
      let (y, x) = (position / output.width, position % output.width)
      return y * stride * paddedRow + x * stride * input.channels
    }
  }

  /// Where each weight of a filter finds its number, counted from the window's start.
  func patchOffsets(_ arena: Arena) -> UnsafePointer<Int32> {
    rowTable(patch, arena) { $0 / run * paddedRow + $0 % run }
  }

  /// Where each output pixel's channels start in an output map.
  func outputOffsets(stride: Int, _ arena: Arena) -> UnsafePointer<Int32> {
    rowTable(output.positions, arena) { $0 * stride }
  }
}

extension FeatureShape {
  /// The same rows and columns with another number of channels.
  func withChannels(_ channels: Int) -> FeatureShape {
    FeatureShape(height: height, width: width, channels: channels)
  }
}

/// Offsets of `count` rows, with the last one repeated as `TileProduct` wants it.
func rowTable(_ count: Int, _ arena: Arena, _ offset: (Int) -> Int) -> UnsafePointer<Int32> {
  let entries = arena.integers(count + TileProduct.rowPadding)
  for row in 0..<count + TileProduct.rowPadding {
    entries[row] = Int32(offset(min(row, max(count - 1, 0))))
  }
  return UnsafePointer(entries)
}
