extension KnownDataset {
  /// EMNIST in its six splits. The files hold each image transposed; here they are upright. What is
  /// published is the MD5 of the archive: files taken out of it are *unpinned*.
  package static let emnist = [
    split("byclass", "ByClass", classes: 62, 697_932, 116_323),
    split("bymerge", "ByMerge", classes: 47, 697_932, 116_323),
    split("balanced", "Balanced", classes: 47, 112_800, 18_800),
    split("letters", "Letters", classes: 26, 124_800, 20_800),
    split("digits", "Digits", classes: 10, 240_000, 40_000),
    split("mnist", "MNIST", classes: 10, 60_000, 10_000),
  ]

  private static func split(
    _ split: String, _ title: String, classes: Int, _ training: Int, _ test: Int
  ) -> KnownDataset {
    KnownDataset(
      facts: DatasetFacts(
        name: "emnist-\(split)", shape: .mnistImage, classes: classes, training: training,
        test: test),
      title: "EMNIST \(title)",
      // The letters alone count from 1.
      layout: .idx(isTransposed: true, firstLabel: split == "letters" ? 1 : 0),
      files: [
        file(split, "train-images-idx3", .training, .images, training),
        file(split, "train-labels-idx1", .training, .labels, training),
        file(split, "test-images-idx3", .test, .images, test),
        file(split, "test-labels-idx1", .test, .labels, test),
      ],
      offers: [
        Offer(name: "gzip.zip", bytes: 561_753_746, md5: "58c8d27c78d21e728a6bc7b3cc06412e")
      ],
      mirrors: [
        "https://biometrics.nist.gov/cs_links/EMNIST/",
        "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/",
      ],
      cacheFolder: "emnist",
      otherFolders: ["gzip", "emnist/gzip", "EMNIST/raw", "EMNIST/raw/gzip"], unreadableForms: [],
      licence: "none stated; made by NIST, an agency of the United States",
      citation: """
        Gregory Cohen, Saeed Afshar, Jonathan Tapson, Andr\u{E9} van Schaik: "EMNIST: an extension \
        of MNIST to handwritten letters", arXiv:1702.05373, 2017
        """)
  }

  private static func file(
    _ split: String, _ name: String, _ part: File.Part, _ contents: File.Contents, _ count: Int
  ) -> File {
    let name = "emnist-\(split)-\(name)-ubyte"
    return File(
      name: name, part: part, contents: contents, count: count, packedSHA256: packedDigests[name])
  }

  /// SHA-256 of compressed files whose digests are published beside the archive's.
  private static let packedDigests = [
    "emnist-balanced-train-images-idx3-ubyte":
      "74295e75e4e9fa2c102147460ee7eb763653d5132d883a84fb88932bfb8d2db4",
    "emnist-balanced-test-images-idx3-ubyte":
      "117fc12b015e37ea98bfb2cbba3f77c3782c056cdbd219b87abfc8661d7135db",
  ]
}
