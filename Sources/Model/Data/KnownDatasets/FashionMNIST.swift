extension KnownDataset {
  /// Fashion-MNIST: pictures of clothes in MNIST's format. Debian's package dataset-fashion-mnist
  /// has it, compressed anew, so digests are those of the contents.
  package static let fashionMNIST = likeMNIST(
    "fashion-mnist", title: "Fashion-MNIST",
    contents: [
      (
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "f4a8712d7a061bf5bd6d2ca38dc4d50a"
      ),
      (
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "9018921c3c673c538a1fc5bad174d6f9"
      ),
      (
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "8181f5470baa50b63fa0f6fddb340f0a"
      ),
      (
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        "15d484375f8d13e6eb1aabb0c3f46965"
      ),
    ],
    offers: [
      (26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
      (29_515, "25c81989df183df01b3e8a0aad5dffbe"),
      (4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
      (5_148, "bb300cfdad3c16e7a12a480ee83cd310"),
    ],
    mirrors: [
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ],
    otherFolders: ["FashionMNIST/raw"],
    licence: "MIT (Zalando SE)",
    citation: """
      Han Xiao, Kashif Rasul, Roland Vollgraf: "Fashion-MNIST: a novel image dataset for \
      benchmarking machine learning algorithms", arXiv:1708.07747, 2017
      """)
}
