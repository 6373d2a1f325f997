extension NetworkSpec {
  /// The convolutional network of the Shakeout paper's Table 1: two 5×5 convolutions with ReLU and
  /// max pooling (20 and 50 channels), 500 hidden units, a linear classifier.
  public static func lenet(input: FeatureShape, classes: Int) -> NetworkSpec {
    NetworkSpec(
      name: "lenet", input: input,
      layers: [
        NamedLayer("conv1", .convolution(ConvolutionSpec(outputs: 20, kernel: 5))),
        NamedLayer("relu1", .activation(ActivationSpec(.relu))),
        NamedLayer("pool1", .pooling(PoolingSpec(.max, window: 2, stride: 2))),
        NamedLayer("conv2", .convolution(ConvolutionSpec(outputs: 50, kernel: 5))),
        NamedLayer("relu2", .activation(ActivationSpec(.relu))),
        NamedLayer("pool2", .pooling(PoolingSpec(.max, window: 2, stride: 2))),
        NamedLayer("fc1", .dense(DenseSpec(outputs: 500))),
        NamedLayer("relu3", .activation(ActivationSpec(.relu))),
        NamedLayer("fc2", .dense(DenseSpec(outputs: classes))),
      ])
  }
}
