/// Every table and figure of the papers, and what recomputes it.
package enum Register {
  /// A table or figure, or several that one study gives.
  package struct Row: Sendable {
    /// The paper's name in configs; empty for the lecture.
    package var paper: String
    /// `Table 2, Fig. 6 a`.
    package var item: String
    /// What it shows, in a few words.
    package var subject: String
    /// The studies, as names of files in `configs/` without their ending.
    package var configs: [String]
    /// What to type, where that is no study.
    package var command: String?
    /// What there is to know beside that; why there is nothing, where there is nothing.
    package var remark: String?

    init(
      _ paper: String, _ item: String, _ subject: String, _ configs: [String] = [],
      command: String? = nil, remark: String? = nil
    ) {
      self.paper = paper
      self.item = item
      self.subject = subject
      self.configs = configs
      self.command = command
      self.remark = remark
    }
  }

  /// The rows, paper by paper.
  package static let rows = shakeout + dropActivation + marginalizedNoise + delayed + lecture

  private static let shakeout: [Row] = [
    Row("shakeout", "Table 1", "layers of LeNet", command: "regbench networks lenet"),
    Row(
      "shakeout", "Tables 2 and 3, Fig. 6", "MNIST by size of the training set", ["mnist-shakeout"]),
    Row("shakeout", "Table 4, Fig. 7", "CIFAR-10 by size of the training set", ["shakeout-cifar"]),
    Row("shakeout", "Table 5, Fig. 13", "WRN-16-4 on CIFAR-10", ["shakeout-wrn"]),
    Row(
      "shakeout", "Figs 4 and 5, accuracies in Section 4.1",
      "autoencoder and support vector machine",
      ["shakeout-autoencoder"]),
    Row(
      "shakeout", "Figs 1 to 3", "the regularizer's curves and contours", ["shakeout-regularizer"]),
    Row(
      "shakeout", "Figs 8 to 10", "weights, their largest by unit, and pruning",
      ["shakeout-weights"],
      remark: "the same measures on networks that fit a CPU; the paper's are of AlexNet on ImageNet"
    ),
    Row("shakeout", "Figs 11 and 12", "a generative adversarial network", ["shakeout-gan"]),
    Row(
      "shakeout", "Section 4.2.3", "AlexNet on ImageNet",
      remark: "not here: ImageNet is not free to be fetched, and one run is 10¹⁸ operations"),
  ]

  private static let dropActivation: [Row] = [
    Row("drop_activation", "Table 1", "CIFAR-100, six networks", ["drop-activation-cifar100"]),
    Row("drop_activation", "Table 2", "CIFAR-10, six networks", ["drop-activation-cifar10"]),
    Row("drop_activation", "Table 3", "SVHN, three networks", ["drop-activation-svhn"]),
    Row("drop_activation", "Table 4", "EMNIST, five networks", ["drop-activation-emnist"]),
    Row("drop_activation", "Table 5", "with Cutout", ["drop-activation-cutout"]),
    Row("drop_activation", "Table 6", "with AutoAugment", ["drop-activation-autoaugment"]),
    Row("drop_activation", "Fig. 2", "test error by keep probability", ["drop-activation-keep"]),
    Row("drop_activation", "Fig. 3", "regression on 20 points", ["drop-activation-regression"]),
    Row(
      "drop_activation", "Figs 4 and 6", "errors and variance by epoch", ["drop-activation-curves"]),
    Row("drop_activation", "Eq. 15", "the shift of variance", ["drop-activation-shift-ratio"]),
  ]

  private static let marginalizedNoise: [Row] = [
    Row("marginalized_noise", "Table 1", "one hidden layer", ["marginalized-one-layer"]),
    Row("marginalized_noise", "Table 2", "two hidden layers", ["marginalized-two-layers"]),
    Row(
      "marginalized_noise", "Table 3, Fig. 1", "epochs and error over 200 models",
      ["marginalized-convergence"], remark: "seconds are in timings.csv"),
  ]

  private static let delayed: [Row] = [
    Row("delayed_strong_reg", "Table 1", "counts", ["delayed-cifar", "delayed-svhn"]),
    Row("delayed_strong_reg", "Table 2", "CIFAR-100 and CIFAR-10", ["delayed-cifar"]),
    Row("delayed_strong_reg", "Table 3", "SVHN", ["delayed-svhn"]),
    Row(
      "delayed_strong_reg", "Figs 1, 3, 4, 6 and 7", "accuracy by strength and by sparsity",
      ["delayed-sweep-l2", "delayed-sweep-l1"]),
    Row(
      "delayed_strong_reg", "Figs 1 (c), 2 and 5, Appendix B",
      "losses, gradients and weights by epoch",
      ["delayed-gradients"]),
  ]

  private static let lecture: [Row] = [
    Row("", "all techniques", "side by side on a few digits", ["lecture"])
  ]
}
