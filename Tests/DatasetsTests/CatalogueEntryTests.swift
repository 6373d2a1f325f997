import Model
import Testing

@testable import Datasets

@Suite struct CatalogueEntryTests {
  @Test func `every known data set with files is in the catalogue`() {
    let names = DatasetFacts.all.map(\.name).filter { $0 != EmbeddedDigits.name }
    #expect(Set(names) == Set(CatalogueEntry.all.map(\.facts.name)))
    for entry in CatalogueEntry.all {
      #expect(DatasetFacts.all.contains(entry.facts))
      #expect(!entry.licence.isEmpty && !entry.citation.isEmpty && !entry.mirrors.isEmpty)
      #expect(entry.mirrors.allSatisfy { $0.hasSuffix("/") })
      #expect(entry.offersArePinned)
    }
  }

  @Test func `counts of the files are those of the set`() {
    for entry in CatalogueEntry.all {
      func count(_ part: CatalogueEntry.File.Part) -> Int {
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
    for entry in CatalogueEntry.all {
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

  @Test func `only the members of EMNIS ts archive are unpinned`() {
    let unpinned = CatalogueEntry.all.filter { !$0.isPinned }.map(\.facts.name)
    #expect(unpinned.allSatisfy { $0.hasPrefix("emnist-") })
    #expect(unpinned.count == 6)
  }
}
