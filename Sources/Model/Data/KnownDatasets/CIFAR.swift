extension KnownDataset {
  private static let toronto = "https://www.cs.toronto.edu/~kriz/"

  /// CIFAR-10 in its binary version: six files of 10,000 records.
  package static let cifar10 = KnownDataset(
    facts: DatasetFacts(
      name: "cifar10", shape: .smallColour, classes: 10, training: 50_000, test: 10_000),
    title: "CIFAR-10", layout: .cifar(labelBytes: 1),
    files: [
      File(
        name: "data_batch_1.bin", part: .training, contents: .both, count: 10_000,
        contentSHA256: "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
        contentMD5: "5dd7e06a14cb22eb9f671a540d1b7c25"),
      File(
        name: "data_batch_2.bin", part: .training, contents: .both, count: 10_000,
        contentSHA256: "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
        contentMD5: "5ea93a67294ea407fff1d09f752e9692"),
      File(
        name: "data_batch_3.bin", part: .training, contents: .both, count: 10_000,
        contentSHA256: "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
        contentMD5: "942cd6a4bcdd0dd3c604fbe906cb4421"),
      File(
        name: "data_batch_4.bin", part: .training, contents: .both, count: 10_000,
        contentSHA256: "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
        contentMD5: "ae636b3ba5c66a11e91e8cb52e771fcb"),
      File(
        name: "data_batch_5.bin", part: .training, contents: .both, count: 10_000,
        contentSHA256: "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
        contentMD5: "53f37980c15c3d472c316c40844f3f0d"),
      File(
        name: "test_batch.bin", part: .test, contents: .both, count: 10_000,
        contentSHA256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
        contentMD5: "803d5f7f4d78ea53de84dbe85f74fb6d"),
    ],
    offers: [
      Offer(
        name: "cifar-10-binary.tar.gz", bytes: 170_052_171,
        md5: "c32a1d4ab5d03f1284b67883e8d87530")
    ],
    mirrors: [toronto], cacheFolder: "cifar-10-batches-bin",
    otherFolders: ["cifar-10", "cifar-10-batches-py"],
    unreadableForms: [
      pythonVersion(
        of: "CIFAR-10", ["cifar-10-batches-py/data_batch_1", "data_batch_1"], "cifar-10")
    ],
    licence: "none stated; cite the report",
    citation: """
      Alex Krizhevsky: "Learning multiple layers of features from tiny images", technical report, \
      University of Toronto, 2009
      """)

  /// CIFAR-100 in its binary version; the fine labels are used.
  package static let cifar100 = KnownDataset(
    facts: DatasetFacts(
      name: "cifar100", shape: .smallColour, classes: 100, training: 50_000, test: 10_000),
    title: "CIFAR-100", layout: .cifar(labelBytes: 2),
    files: [
      File(
        name: "train.bin", part: .training, contents: .both, count: 50_000,
        contentSHA256: "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29",
        contentMD5: "6172c7755cfe09b2fe270c85cebc1b15"),
      File(
        name: "test.bin", part: .test, contents: .both, count: 10_000,
        contentSHA256: "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a",
        contentMD5: "4499cfba6c016c1be1438163640a0898"),
    ],
    offers: [
      Offer(
        name: "cifar-100-binary.tar.gz", bytes: 168_513_733,
        md5: "03b5dce01913d631647c71ecec9e9cb8")
    ],
    mirrors: [toronto], cacheFolder: "cifar-100-binary",
    otherFolders: ["cifar-100", "cifar-100-python"],
    unreadableForms: [
      pythonVersion(of: "CIFAR-100", ["cifar-100-python/train"], "cifar-100")
    ],
    licence: "none stated; cite the report",
    citation: """
      Alex Krizhevsky: "Learning multiple layers of features from tiny images", technical report, \
      University of Toronto, 2009
      """)

  private static func pythonVersion(
    of title: String, _ files: [String], _ stem: String
  ) -> UnreadableForm {
    UnreadableForm(
      names: files + ["\(stem)-python.tar.gz", "\(stem)-python.tgz", "\(stem)-python.tar"],
      title: "the Python version of \(title), which is pickled and therefore not read",
      instead: "the binary version, \(stem)-binary.tar.gz")
  }
}
