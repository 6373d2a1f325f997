import Study

/// Data sets as papers write them.
enum DatasetLabel {
  /// `MNIST` for `mnist`; other names, such as `mnist-5k`, stay what they are.
  static func text(_ name: String) -> String { labels[name] ?? name }

  private static let labels = [
    "mnist": "MNIST", "cifar10": "CIFAR-10", "cifar100": "CIFAR-100", "svhn": "SVHN",
    "svhn-extra": "SVHN with its extra images",
    "emnist-balanced": "EMNIST Balanced", "imagenet2012": "ImageNet 2012",
  ]
}
