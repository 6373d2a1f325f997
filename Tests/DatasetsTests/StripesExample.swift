@testable import Model

extension KnownDataset {
  /// Stripes: grey images of 8 × 8 pixels, four directions of stripes.
  static let stripes = KnownDataset(
    facts: DatasetFacts(
      name: "stripes", shape: FeatureShape(height: 8, width: 8, channels: 1), classes: 4,
      training: 24, test: 12),
    title: "Stripes", layout: .plainIDX,
    files: [
      File(
        name: "stripes-train-images", part: .training, contents: .images, count: 24,
        contentSHA256: "9692509359120df5b517b04d6cccfb96369719a8847104ecf1c22feddbc93edd"),
      File(
        name: "stripes-train-labels", part: .training, contents: .labels, count: 24,
        contentSHA256: "4661b3b96752e3a8fa5b485a623b16313bf93ccf821579758cd01e552715a0ed"),
      File(
        name: "stripes-test-images", part: .test, contents: .images, count: 12,
        contentSHA256: "9b5d6378d67067565f94e98d3b4e6e6f8e8acacc05dbfb9990c63c99dda6e280"),
      File(
        name: "stripes-test-labels", part: .test, contents: .labels, count: 12,
        contentSHA256: "e714e356fb0ef8fbb5bf36af8dd32a0b6ad67cb4f69f390a4bbd45646016d10b"),
    ],
    offers: [Offer(name: "stripes.tar.gz", bytes: 2_570)],
    mirrors: ["https://example.org/stripes/"], cacheFolder: "stripes",
    otherFolders: ["Stripes/raw"], unreadableForms: [], licence: "CC0",
    citation: "A. Author: \"Stripes\", 2026")
}
