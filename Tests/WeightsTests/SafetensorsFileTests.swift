import Canonical
import TestSupport
import Testing

@testable import Weights

@Suite struct SafetensorsFileTests {
  private static let whole = SafetensorsBytes.file(SafetensorsBytes.header, dataBytes: 24)

  @Test func `tensors and digest come in one pass`() throws {
    let folder = try TemporaryFolder()
    let file = try SafetensorsFile(folder.write(Self.whole, "w.safetensors"))
    #expect(file.header.metadata == ["format": "pt"])
    var names: [String] = []
    let digest = try file.read { tensor, numbers in
      names.append(tensor.name)
      #expect(numbers?.count == 4)
    }
    #expect(names == ["a", "b"])
    #expect(digest == SHA256.hex(Self.whole))
  }

  @Test func `a missing file is missing`() {
    let error = #expect(throws: WeightsError.self) { try SafetensorsFile("/no/such/file") }
    #expect(error?.kind == .missing)
    #expect(error?.message == "/no/such/file: cannot open it: No such file or directory")
  }

  @Test func `a folder is no file`() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: WeightsError.self) { try SafetensorsFile(folder.path) }
    #expect(error?.kind == .missing)
  }

  @Test func `a file cut anywhere is damaged`() throws {
    for count in 0..<Self.whole.count {
      let error = try SafetensorsBytes.error(Array(Self.whole[..<count]))
      #expect(error?.kind == .corrupt, "\(count) bytes")
    }
  }

  @Test func `a longer file is damaged`() throws {
    let error = try SafetensorsBytes.error(Self.whole + [0])
    #expect(error?.message == "w: 1 bytes behind the last tensor belong to none")
  }

  @Test func `a header longer than the file is refused before it is read`() throws {
    for length in [Int.max, -1, 1 << 40, 1000] {
      let error = try SafetensorsBytes.error(SafetensorsBytes.length(length) + [0x7B, 0x7D])
      #expect(error?.offset == 0)
      #expect(error?.problem.hasPrefix("the header should have ") == true)
    }
  }

  @Test func `a huge header is refused`() throws {
    let header = "{" + String(repeating: " ", count: SafetensorsHeader.longest) + "}"
    let error = try SafetensorsBytes.error(SafetensorsBytes.file(header, dataBytes: 0))
    #expect(error?.problem.contains("at most \(SafetensorsHeader.longest) are read") == true)
  }

  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 102400\n", "a Git LFS"),
    ("PK\u{3}\u{4}\u{14}\0\0\0model/data.pkl", "a PyTorch file"),
    ("PK\u{3}\u{4}\u{14}\0\0\0w.safetensors", "a zip archive"),
    (
      #"{"metadata": {}, "weight_map": {"fc.weight": "model-00001-of-00002.safetensors"}}"#,
      "an index"
    ),
    ("<!DOCTYPE html>", "a web page"),
  ])
  func `other files are named as what they are`(text: String, name: String) throws {
    let error = try SafetensorsBytes.error(Array(text.utf8))
    #expect(error?.kind == .corrupt)
    #expect(error?.problem.hasPrefix("expected a safetensors file, found \(name)") == true)
    #expect(error?.advice != nil)
  }

  @Test func `a pickled file is named`() throws {
    let error = try SafetensorsBytes.error([0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9])
    #expect(error?.problem.contains("a PyTorch file (.pt, .pth)") == true)
  }
}
