import Canonical
import Durable
import Model
import TestSupport
import Testing

@testable import Datasets

/// The worked example of the documentation does what the page says.
@Suite struct StripesExampleTests {
  /// The image with this number: stripes of the class's direction, its labels in turn.
  private static func files(_ count: Int) -> (images: [UInt8], labels: [UInt8]) {
    let pixels = (0..<count).flatMap { image in
      (0..<64).map { place -> UInt8 in
        let (row, column) = (place / 8, place % 8)
        let phase = [row, column, row + column, row + 7 - column][image % 4]
        return phase % 4 < 2 ? 255 : 0
      }
    }
    return (
      IDX.file([count, 8, 8], pixels), IDX.file([count], (0..<count).map { UInt8($0 % 4) })
    )
  }

  private func write(_ fixture: Fixture, into folder: String) throws {
    let (training, test) = (Self.files(24), Self.files(12))
    let contents = [training.images, training.labels, test.images, test.labels]
    for (file, bytes) in zip(KnownDataset.stripes.files, contents) {
      try fixture.folder.write(bytes, "data/\(folder)/\(file.name)")
    }
  }

  @Test(arguments: ["stripes", "Stripes/raw"])
  func `its files are found where people have them, and checked`(folder: String) throws {
    let fixture = try Fixture()
    try write(fixture, into: folder)
    let dataset = try fixture.locator.verify(.stripes)
    #expect(dataset.training.count == 24)
    #expect(dataset.test.count == 12)
    #expect(dataset.facts == KnownDataset.stripes.facts)
    #expect(dataset.training.labelBytes.prefix(5) == [0, 1, 2, 3, 0])
  }

  @Test func `a changed file is named with its digest`() throws {
    let fixture = try Fixture()
    try write(fixture, into: "stripes")
    var bytes = Self.files(24).images
    bytes[bytes.count - 1] ^= 1
    try fixture.folder.write(bytes, "data/stripes/stripes-train-images")
    let error = #expect(throws: DatasetError.self) { try fixture.locator.verify(.stripes) }
    #expect(error?.kind == .corrupt)
    #expect(error?.file.contains("stripes") == true)
  }
}
