import Durable
import Glibc
import Model
import TestSupport
import Testing

@testable import Datasets

/// The files of Fixtures: whole ones are read, and of the broken ones each is refused with the words
/// that stand in messages.txt. `REGBENCH_RECORD=1` writes them anew, to be read before they are
/// committed.
@Suite struct DamagedFilesTests {
  private static let folder = PathName.join(PathName.parent(of: #filePath), "Fixtures")
  private static let isRecording = getenv("REGBENCH_RECORD") != nil

  private static func names(_ kind: String) -> [String] {
    (try? Folder.entries(PathName.join(folder, kind))) ?? []
  }

  /// Reads a file as that for which its name says it passes.
  private func read(_ path: String) throws(DatasetError) {
    let isPacked = path.hasSuffix(".gz") && !path.hasSuffix(".tar.gz")
    if path.contains(".tar") || path.hasSuffix(".zip") {
      return try Archive.visit(path, ["a"]) { (_, reader) throws(DatasetError) in
        try reader.skip()
      }
    }
    let source = try ByteSource(file: path)
    let reader: any ContentReader = isPacked ? try GzipReader(source) : source
    if path.contains("images.idx") {
      _ = try IDXReader(reader).images(count: 4)
    } else if path.contains("labels.idx") {
      _ = try IDXReader(reader).labels(classes: 10, count: 4)
    } else if path.hasSuffix(".bin") {
      let shape = FeatureShape(height: 2, width: 2, channels: 3)
      try CIFARReader(labelBytes: 1, classes: 10, shape: shape)
        .read(reader, into: ImageStore(), count: 3)
    } else {
      try MATImages(classes: 10, shape: nil).read(reader, into: ImageStore())
    }
  }

  @Test(arguments: names("whole")) func `whole files are read`(name: String) throws {
    try read(PathName.join(Self.folder, "whole/\(name)"))
  }

  @Test func `broken files are refused with the expected message`() throws {
    var text = ""
    for name in Self.names("broken") {
      let path = PathName.join(Self.folder, "broken/\(name)")
      do throws(DatasetError) {
        try read(path)
        Issue.record("\(name) was accepted")
      } catch {
        #expect(error.file.hasPrefix(path))
        #expect(error.advice != nil, "\(name)")
        #expect([.usage, .corrupt].contains(error.kind))
        let place = error.offset.map { " byte \($0)\(error.isDecoded ? " uncompressed" : ""):" }
        text +=
          "\(name): \(error.kind == .usage ? 64 : 65)\(place ?? "") \(error.problem)\n  \(error.advice ?? "")\n"
      }
    }
    let golden = PathName.join(Self.folder, "messages.txt")
    if Self.isRecording { try AtomicFile.write(text, to: golden) }
    #expect(text == String(decoding: try FileContents.read(golden), as: UTF8.self))
    #expect(Self.names("broken").count > 60)
  }

  @Test func `folders and absent files are reported as missing`() throws {
    let folder = try TemporaryFolder()
    for suffix in ["images.idx", "labels.idx.gz", "x.bin", "x.mat", "x.tar", "x.tar.gz", "x.zip"] {
      let path = folder.file(suffix)
      let none = #expect(throws: DatasetError.self) { try read(path) }
      #expect(none?.kind == .missing)
      #expect(none?.file == path)
      try Folder.create(path)
      let directory = #expect(throws: DatasetError.self) { try read(path) }
      #expect(directory?.kind == .missing)
      #expect(directory?.advice == "name the file in it")
    }
  }

  @Test func `a file that vanishes while it is read is read to its end`() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    let path = try folder.write(bytes, "file")
    let source = try ByteSource(file: path)
    #expect(try source.bytes(10) == Array(bytes.prefix(10)))
    try Folder.removeFile(path)
    #expect(try source.everything() == Array(bytes.dropFirst(10)))
  }

  @Test func `a file that shrinks while it is read is truncated`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(IDX.images(100, side: 28), "file")
    let source = try ByteSource(file: path)
    let reader = IDXReader(source)
    #expect(truncate(path, 1000) == 0)
    let error = #expect(throws: DatasetError.self) { try reader.images() }
    #expect(error?.kind == .corrupt)
    #expect(error?.offset == 1000)
  }
}
