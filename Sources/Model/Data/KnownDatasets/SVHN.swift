extension KnownDataset {
  /// SVHN's cropped digits with the training set alone.
  package static let svhn = streetView(
    "svhn", training: 73_257, "SVHN", [training, test], [trainingOffer, testOffer])

  /// SVHN's cropped digits with the extra set joined to the training set.
  package static let svhnExtra = streetView(
    "svhn-extra", training: 604_388, "SVHN with its extra images", [training, extra, test],
    [trainingOffer, extraOffer, testOffer])

  private static let training = File(
    name: "train_32x32.mat", part: .training, contents: .both, count: 73_257,
    contentMD5: "e26dedcc434d2e4c54c9b2d4a06d8373")
  private static let extra = File(
    name: "extra_32x32.mat", part: .training, contents: .both, count: 531_131,
    contentMD5: "a93ce644f1a588dc4d68dda5feec44a7")
  private static let test = File(
    name: "test_32x32.mat", part: .test, contents: .both, count: 26_032,
    contentMD5: "eb5a983be6a315427106f1b164d9cef3")

  private static let trainingOffer = Offer(
    name: "train_32x32.mat", bytes: 182_040_794, md5: training.contentMD5)
  private static let extraOffer = Offer(
    name: "extra_32x32.mat", bytes: 1_329_278_602, md5: extra.contentMD5)
  private static let testOffer = Offer(
    name: "test_32x32.mat", bytes: 64_275_384, md5: test.contentMD5)

  private static func streetView(
    _ name: String, training count: Int, _ title: String, _ files: [File], _ offers: [Offer]
  ) -> KnownDataset {
    KnownDataset(
      facts: DatasetFacts(
        name: name, shape: .cifarImage, classes: 10, training: count, test: 26_032),
      title: title, layout: .mat, files: files, offers: offers,
      mirrors: ["http://ufldl.stanford.edu/housenumbers/"], cacheFolder: "svhn",
      otherFolders: [], unreadableForms: [],
      licence: "non-commercial use only",
      citation: """
        Yuval Netzer, Tao Wang, Adam Coates, Alessandro Bissacco, Bo Wu, Andrew Y. Ng: "Reading \
        digits in natural images with unsupervised feature learning", NIPS Workshop on Deep \
        Learning and Unsupervised Feature Learning, 2011
        """)
  }
}
