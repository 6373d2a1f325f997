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
  let file = Array(UnsafeBufferPointer(start: data + 1, count: count - 1))
  let source = ByteSource(memory: file, name: "input")
  let formats = FileFormat.allCases
  do throws(DatasetError) {
    switch Int(data[0]) % (formats.count + 2) {
    case let place where place < formats.count:
      try formats[place].reading.readAnything(source)
    case formats.count:
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
