extension KnownDataset {
  /// The MNIST database of handwritten digits.
  package static let mnist = KnownDataset(
    facts: DatasetFacts(
      name: "mnist", shape: .mnistImage, classes: 10, training: 60_000, test: 10_000),
    title: "MNIST", layout: .plainIDX,
    files: [
      File(
        name: "train-images-idx3-ubyte", part: .training, contents: .images, count: 60_000,
        contentSHA256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        contentMD5: "6bbc9ace898e44ae57da46a324031adb"),
      File(
        name: "train-labels-idx1-ubyte", part: .training, contents: .labels, count: 60_000,
        contentSHA256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        contentMD5: "a25bea736e30d166cdddb491f175f624"),
      File(
        name: "t10k-images-idx3-ubyte", part: .test, contents: .images, count: 10_000,
        contentSHA256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        contentMD5: "2646ac647ad5339dbf082846283269ea"),
      File(
        name: "t10k-labels-idx1-ubyte", part: .test, contents: .labels, count: 10_000,
        contentSHA256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        contentMD5: "27ae3e4e09519cfbb04c329615203637"),
    ],
    offers: [
      Offer(
        name: "train-images-idx3-ubyte.gz", bytes: 9_912_422,
        md5: "f68b3c2dcbeaaa9fbdd348bbdeb94873",
        sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
      Offer(
        name: "train-labels-idx1-ubyte.gz", bytes: 28_881, md5: "d53e105ee54ea40749a09fcbcd1e9432",
        sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
      Offer(
        name: "t10k-images-idx3-ubyte.gz", bytes: 1_648_877,
        md5: "9fb629c4189551a2d022fa330f9573f3",
        sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
      Offer(
        name: "t10k-labels-idx1-ubyte.gz", bytes: 4_542, md5: "ec29112dd5afa0611ce80d1b7f02629c",
        sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ],
    mirrors: [
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ],
    cacheFolder: "mnist", otherFolders: ["MNIST/raw"], unreadableForms: [],
    licence: "commonly given as Creative Commons Attribution-ShareAlike 3.0",
    citation: """
      Yann LeCun, Corinna Cortes, Christopher J.C. Burges. Y. LeCun, L. Bottou, Y. Bengio, \
      P. Haffner: "Gradient-based learning applied to document recognition", Proceedings of the \
      IEEE 86(11), 1998, 2278-2324
      """)

  /// 5,000 images of MNIST's training set, 500 a class, that are part of the program: 2,000 of them
  /// are for training and 3,000 for testing.
  package static let mnist5k = KnownDataset(
    facts: DatasetFacts(
      name: "mnist-5k", shape: .mnistImage, classes: 10, training: 2_000, test: 3_000),
    title: "mnist-5k", description: "mnist-5k (5,000 digits in all, 3,000 of them for testing)",
    layout: .plainIDX, files: [], offers: [], mirrors: [], cacheFolder: "mnist-5k",
    otherFolders: [], unreadableForms: [], licence: mnist.licence, citation: mnist.citation)

  /// A data set in four files with MNIST's names, shape and counts.
  /// - Parameters:
  ///   - contents: SHA-256 and MD5 of the uncompressed files: training images, training labels,
  ///     test images, test labels.
  ///   - offers: bytes and MD5 of the compressed files in the same order.
  static func likeMNIST(
    _ name: String, title: String, contents: [(sha256: String, md5: String)],
    offers: [(bytes: Int, md5: String)], mirrors: [String], otherFolders: [String],
    licence: String, citation: String
  ) -> KnownDataset {
    var set = mnist
    set.facts.name = name
    set.title = title
    for (place, digests) in contents.enumerated() {
      set.files[place].contentSHA256 = digests.sha256
      set.files[place].contentMD5 = digests.md5
    }
    set.offers = zip(mnist.offers, offers).map {
      Offer(name: $0.name, bytes: $1.bytes, md5: $1.md5)
    }
    (set.mirrors, set.cacheFolder, set.otherFolders) = (mirrors, name, otherFolders)
    (set.licence, set.citation) = (licence, citation)
    return set
  }
}
