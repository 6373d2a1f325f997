extension KnownDataset {
  /// CIFAR-10 in its binary version: six files of 10,000 records.
  package static let cifar10 = cifar(
    classes: 10, labelBytes: 1,
    files: [
      records(
        "data_batch_1.bin", .training, 10_000,
        "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
        "5dd7e06a14cb22eb9f671a540d1b7c25"),
      records(
        "data_batch_2.bin", .training, 10_000,
        "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
        "5ea93a67294ea407fff1d09f752e9692"),
      records(
        "data_batch_3.bin", .training, 10_000,
        "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
        "942cd6a4bcdd0dd3c604fbe906cb4421"),
      records(
        "data_batch_4.bin", .training, 10_000,
        "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
        "ae636b3ba5c66a11e91e8cb52e771fcb"),
      records(
        "data_batch_5.bin", .training, 10_000,
        "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
        "53f37980c15c3d472c316c40844f3f0d"),
      records(
        "test_batch.bin", .test, 10_000,
        "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
        "803d5f7f4d78ea53de84dbe85f74fb6d"),
    ],
    archive: (170_052_171, "c32a1d4ab5d03f1284b67883e8d87530"),
    cacheFolder: "cifar-10-batches-bin", pythonFolder: "cifar-10-batches-py",
    pythonFiles: ["cifar-10-batches-py/data_batch_1", "data_batch_1"])

  /// CIFAR-100 in its binary version; the fine labels are used.
  package static let cifar100 = cifar(
    classes: 100, labelBytes: 2,
    files: [
      records(
        "train.bin", .training, 50_000,
        "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29",
        "6172c7755cfe09b2fe270c85cebc1b15"),
      records(
        "test.bin", .test, 10_000,
        "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a",
        "4499cfba6c016c1be1438163640a0898"),
    ],
    archive: (168_513_733, "03b5dce01913d631647c71ecec9e9cb8"),
    cacheFolder: "cifar-100-binary", pythonFolder: "cifar-100-python",
    pythonFiles: ["cifar-100-python/train"])

  /// - Parameter archive: bytes and MD5 of the binary version.
  private static func cifar(
    classes: Int, labelBytes: Int, files: [File], archive: (bytes: Int, md5: String),
    cacheFolder: String, pythonFolder: String, pythonFiles: [String]
  ) -> KnownDataset {
    let (title, stem) = ("CIFAR-\(classes)", "cifar-\(classes)")
    let binary = "\(stem)-binary.tar.gz"
    return KnownDataset(
      facts: DatasetFacts(
        name: "cifar\(classes)", shape: .cifarImage, classes: classes, training: 50_000,
        test: 10_000),
      title: title, layout: .cifar(labelBytes: labelBytes), files: files,
      offers: [Offer(name: binary, bytes: archive.bytes, md5: archive.md5)],
      mirrors: ["https://www.cs.toronto.edu/~kriz/"], cacheFolder: cacheFolder,
      otherFolders: [stem, pythonFolder],
      unreadableForms: [
        UnreadableForm(
          names: pythonFiles + ["tar.gz", "tgz", "tar"].map { "\(stem)-python.\($0)" },
          title: "the Python version of \(title), which is pickled and therefore not read",
          instead: "the binary version, \(binary)")
      ],
      licence: "none stated; cite the report",
      citation: """
        Alex Krizhevsky: "Learning multiple layers of features from tiny images", technical report, \
        University of Toronto, 2009
        """)
  }

  private static func records(
    _ name: String, _ part: File.Part, _ count: Int, _ sha256: String, _ md5: String
  ) -> File {
    File(
      name: name, part: part, contents: .both, count: count, contentSHA256: sha256,
      contentMD5: md5)
  }
}
