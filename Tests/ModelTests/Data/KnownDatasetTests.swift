import Testing

@testable import Model

@Suite struct KnownDatasetTests {
  @Test func `every data set says where it comes from and whose it is`() {
    #expect(Set(KnownDataset.all.map(\.name)).count == KnownDataset.all.count)
    #expect(KnownDataset.all.filter { $0.files.isEmpty }.map(\.name) == ["mnist-5k"])
    for entry in KnownDataset.inFiles {
      #expect(!entry.licence.isEmpty && !entry.citation.isEmpty && !entry.mirrors.isEmpty)
      #expect(entry.mirrors.allSatisfy { $0.hasSuffix("/") })
      #expect(entry.offersArePinned)
    }
  }

  @Test func `counts of the files are those of the set`() {
    for entry in KnownDataset.inFiles {
      func count(_ part: KnownDataset.File.Part) -> Int {
        entry.files.filter { $0.part == part && $0.contents != .labels }
          .reduce(0) { $0 + ($1.count ?? 0) }
      }
      #expect(count(.training) == entry.facts.training)
      #expect(count(.test) == entry.facts.test)
    }
  }

  @Test func `digests look like digests`() {
    func isHex(_ text: String?, _ count: Int) -> Bool {
      text.map { $0.count == count && $0.allSatisfy { "0123456789abcdef".contains($0) } } ?? true
    }
    for entry in KnownDataset.inFiles {
      for file in entry.files {
        #expect(isHex(file.contentSHA256, 64))
        #expect(isHex(file.contentMD5, 32))
        #expect(isHex(file.packedSHA256, 64))
      }
      for offer in entry.offers {
        #expect(isHex(offer.md5, 32) && isHex(offer.sha256, 64) && offer.bytes > 0)
      }
    }
  }

  @Test func `only the files of EMNIST's archive have no digest of their own`() {
    let unpinned = KnownDataset.inFiles.filter { !$0.isPinned }.map(\.facts.name)
    #expect(unpinned.allSatisfy { $0.hasPrefix("emnist-") })
    #expect(unpinned.count == 6)
  }

  @Test func `a name is found in any case`() {
    #expect(KnownDataset.named("MNIST")?.name == "mnist")
    #expect(KnownDataset.named("Fashion-MNIST")?.name == "fashion-mnist")
    #expect(KnownDataset.named("mnist2") == nil)
  }

  @Test func `titles are those of papers`() {
    #expect(KnownDataset.title(of: "cifar10") == "CIFAR-10")
    #expect(KnownDataset.title(of: "imagenet2012") == "ImageNet 2012")
    #expect(KnownDataset.title(of: "my-data") == "my-data")
    #expect(KnownDataset.description(of: "synthetic") == "generated images")
    #expect(KnownDataset.description(of: "mnist-5k").hasPrefix("mnist-5k (5,000 digits"))
  }

  @Test func `the digest of a file tells its data set`() {
    for known in KnownDataset.inFiles {
      for file in known.files {
        guard let sha256 = file.contentSHA256 else { continue }
        #expect(KnownDataset.holding(sha256: sha256, md5: nil)?.name == known.name)
      }
    }
    #expect(KnownDataset.holding(sha256: "none", md5: nil) == nil)
  }
}
