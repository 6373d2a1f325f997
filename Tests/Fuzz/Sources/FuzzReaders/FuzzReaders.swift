import Model

@testable import Datasets

/// libFuzzer's own loop.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The package manager makes this the program's start.
@_cdecl("FuzzReaders_main")
public func startFuzzing(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  var count = count
  var arguments = arguments
  return runFuzzer(&count, &arguments) { fuzzReaders($0, $1) }
}

/// What libFuzzer calls with one input after another: the first byte chooses the reader, the rest is
/// its file. Readers may refuse anything; they may not trap, hang or take memory without bounds.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReaders(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let file = UnsafeRawBufferPointer(start: data + 1, count: count - 1)
  let source = ByteSource(memory: file, name: "input")
  do throws(DatasetError) {
    switch data[0] % 8 {
    case 0: _ = try IDXReader(source).images()
    case 1: _ = try IDXReader(source).labels(classes: 10)
    case 2: _ = try IDXReader(GzipReader(source)).images()
    case 3: _ = try IDXReader(source).header()
    case 4:
      try CIFARReader(
        labelBytes: 1, classes: 10, shape: FeatureShape(height: 2, width: 2, channels: 3)
      ).read(source, into: ImageStore())
    case 5: try MATImages(classes: 10, shape: nil).read(source, into: ImageStore())
    case 6:
      let tar = TarReader(source)
      while try tar.next() != nil { try tar.open().skip() }
    default:
      let zip = try ZipReader(source)
      for member in zip.members { try zip.open(member).skip() }
    }
  } catch {
    // A refusal names its file.
    precondition(error.file.hasPrefix("input"))
  }
  return 0
}
