import Canonical

/// What a file is that lies where a safetensors file should be, as far as its first bytes tell.
struct OtherFormat: Equatable {
  /// As many bytes of a file as `init` can use.
  static let startBytes = 4096

  /// What it is, with an article.
  let name: String
  /// How to get a safetensors file instead.
  let advice: String

  /// Recognizes the file; nil for what may be a safetensors file, or anything else.
  init?(_ start: [UInt8], file: String) {
    func begins(_ text: String) -> Bool { start.starts(with: text.utf8) }
    func holds(_ text: String) -> Bool {
      let text = Array(text.utf8)
      return start.indices.contains { start[$0...].starts(with: text) }
    }
    switch start {
    case _ where begins("version https://git-lfs"):
      name = "a Git LFS pointer, a text in place of the file"
      advice = "get the file itself with: git lfs pull"
    case _ where begins("{") && holds("\"weight_map\""):
      name = "an index, which names the files that hold the parts of the weights"
      advice =
        "join the parts that its \"weight_map\" names in one safetensors file, and name that"
    case _ where begins("PK\u{3}\u{4}") && holds("data.pkl"),
      _ where start.starts(with: [0x80, 2]):
      name = "a PyTorch file (.pt, .pth), which is pickled"
      advice = """
        pickled files can run any program and are not read; convert it where PyTorch is: \
        safetensors.torch.save_file(torch.load("\(file)", weights_only=True), "f.safetensors")
        """
    case _ where begins("PK\u{3}\u{4}"):
      name = "a zip archive"
      advice = "unpack it, and name the safetensors file in it"
    case _ where start.starts(with: [0x1F, 0x8B]):
      name = "a file compressed with gzip"
      advice = "decompress it (`gunzip`)"
    case _ where start.starts(with: [0x89, 0x48, 0x44, 0x46]):
      name = "an HDF5 file, as Keras writes them"
      advice = "convert it to safetensors with PyTorch's names"
    case _ where begins("GGUF"):
      name = "a GGUF file"
      advice = "get the weights as safetensors"
    case _ where begins("<"):
      name = "a web page"
      advice = "the download went wrong: get the file again"
    default: return nil
    }
  }
}
