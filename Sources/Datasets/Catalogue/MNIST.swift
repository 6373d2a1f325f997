import Model

extension CatalogueEntry {
  /// The MNIST database of handwritten digits.
  public static let mnist = CatalogueEntry(
    facts: DatasetFacts(
      name: "mnist", shape: FeatureShape(height: 28, width: 28, channels: 1), classes: 10,
      training: 60_000, test: 10_000),
    title: "MNIST",
    files: [
      File(
        name: "train-images-idx3-ubyte", compressedBytes: 9_912_422,
        compressedMD5: "f68b3c2dcbeaaa9fbdd348bbdeb94873",
        compressedSHA256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        contentSHA256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
      File(
        name: "train-labels-idx1-ubyte", compressedBytes: 28_881,
        compressedMD5: "d53e105ee54ea40749a09fcbcd1e9432",
        compressedSHA256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        contentSHA256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
      File(
        name: "t10k-images-idx3-ubyte", compressedBytes: 1_648_877,
        compressedMD5: "9fb629c4189551a2d022fa330f9573f3",
        compressedSHA256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        contentSHA256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
      File(
        name: "t10k-labels-idx1-ubyte", compressedBytes: 4_542,
        compressedMD5: "ec29112dd5afa0611ce80d1b7f02629c",
        compressedSHA256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        contentSHA256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ],
    mirrors: [
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ],
    licence: "commonly given as Creative Commons Attribution-ShareAlike 3.0",
    citation: """
      Yann LeCun, Corinna Cortes, Christopher J.C. Burges. Y. LeCun, L. Bottou, Y. Bengio, \
      P. Haffner: "Gradient-based learning applied to document recognition", Proceedings of the \
      IEEE 86(11), 1998, 2278-2324
      """)
}
