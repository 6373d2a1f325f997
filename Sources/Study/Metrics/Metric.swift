/// What a table shows of its runs. All that is known of a metric stands in its line of `definition`.
package enum Metric: String, CaseIterable, Sendable {
  case testError = "test_error"
  case testAccuracy = "test_accuracy"
  case validationError = "validation_error"
  case epochs
  case sparsity
  case shiftRatio = "shift_ratio"
  case relativeImprovement = "relative_improvement_percent"
  case compression
  case argmin = "argmin_p"
  case classes
  case trainingPerClass = "train_per_class"
  case testPerClass = "test_per_class"
  case parameters = "params"
  case svmAccuracy = "svm_accuracy"
  case svmCost = "svm_cost"
  case predictiveEntropy = "predictive_entropy"
  case predictiveVariance = "predictive_variance"
  case reconstructionLoss = "reconstruction_loss"
  case rmse
  case totalVariation = "total_variation"
  case valueMean = "value_mean"
  case valueRange = "value_range"
  case largestSpike = "largest_spike"
  case reversedWeight = "reversed_weight"
  case bound
  case largestRegularizer = "largest_regularizer"
  case equation7Error = "equation_7_error"

  /// Which of two values is the better one.
  package enum Direction: Sendable {
    case smallerIsBetter
    case largerIsBetter
    /// A number that is neither good nor bad, such as a count of classes.
    case neither
  }

  /// What the evaluations of a run tell.
  package enum Evaluated: Sendable {
    case testError, testAccuracy, validationError
    /// Epochs until the evaluation that is selected.
    case epochs
  }

  /// Where a value comes from.
  package enum Source: Equatable, Sendable {
    /// The evaluations of a run.
    case evaluations(Evaluated)
    /// What a run has measured beside its errors, under the metric's name.
    case measures
    /// Data and network, which no training changes.
    case facts
    /// Two arms, trial by trial: the mapping needs `"over"`.
    case twoArms
    /// Several values of an axis: the mapping needs `"along"`.
    case axis
  }

  private struct Definition {
    var title: String
    var unit: MetricUnit
    var direction: Direction
    var source: Source

    init(_ title: String, _ unit: MetricUnit, _ direction: Direction, _ source: Source) {
      self.title = title
      self.unit = unit
      self.direction = direction
      self.source = source
    }
  }

  private var definition: Definition {
    switch self {
    case .testError: Definition("Test error", .percent, .smallerIsBetter, .evaluations(.testError))
    case .testAccuracy:
      Definition("Test accuracy", .percent, .largerIsBetter, .evaluations(.testAccuracy))
    case .validationError:
      Definition(
        "Validation error", .percent, .smallerIsBetter, .evaluations(.validationError))
    case .epochs:
      // Epochs of pre-training are left out.
      Definition("Epochs of training", .epochs, .smallerIsBetter, .evaluations(.epochs))
    case .sparsity: Definition("Sparsity", .fraction, .largerIsBetter, .measures)
    case .shiftRatio: Definition("Shift ratio", .ratio, .neither, .measures)
    case .relativeImprovement:
      Definition(
        "Improvement of the accuracy relative to the baseline's, trial by trial, with the "
          + "one-sided p of Welch's test", .percent, .largerIsBetter, .twoArms)
    case .compression:
      Definition(
        "Weights left by the baseline over weights left, trial by trial", .times, .largerIsBetter,
        .twoArms)
    case .argmin:
      Definition("Place of the lowest mean test error", .probability, .neither, .axis)
    case .classes: Definition("Classes", .count, .neither, .facts)
    case .trainingPerClass:
      Definition(
        "Training images of a class, those held out for validation included", .count, .neither,
        .facts)
    case .testPerClass: Definition("Test images of a class", .count, .neither, .facts)
    case .parameters: Definition("Parameters", .millions, .neither, .facts)
    case .svmAccuracy:
      Definition("Accuracy of a support vector machine", .percent, .largerIsBetter, .measures)
    case .svmCost: Definition("Cost of the support vector machine", .ratio, .neither, .measures)
    case .predictiveEntropy: Definition("Predictive entropy", .nats, .neither, .measures)
    case .predictiveVariance: Definition("Predictive variance", .ratio, .neither, .measures)
    case .reconstructionLoss:
      Definition("Reconstruction loss", .nats, .smallerIsBetter, .measures)
    case .rmse: Definition("RMSE", .unitsOfY, .smallerIsBetter, .measures)
    case .totalVariation: Definition("Total variation", .unitsOfY, .neither, .measures)
    case .valueMean: Definition("Value mean", .nats, .neither, .measures)
    case .valueRange: Definition("Value range", .nats, .smallerIsBetter, .measures)
    case .largestSpike: Definition("Largest spike", .nats, .smallerIsBetter, .measures)
    case .reversedWeight: Definition("Reversed weight", .ratio, .neither, .measures)
    case .bound: Definition("Bound", .nats, .neither, .measures)
    case .largestRegularizer: Definition("Largest regularizer", .nats, .neither, .measures)
    case .equation7Error: Definition("Equation 7 error", .nats, .smallerIsBetter, .measures)
    }
  }

  /// The name in configs, in the measures of `runs.csv` and in `table.csv`.
  package var name: String { rawValue }
  /// The metric as the start of a sentence: `Test error`.
  package var title: String { definition.title }
  package var unit: MetricUnit { definition.unit }
  package var direction: Direction { definition.direction }
  package var source: Source { definition.source }
  /// Decimals that tables print.
  package var decimals: Int { unit.decimals }
}

/// The units of metrics as `table.csv` has them.
package enum MetricUnit: String, Sendable {
  case percent
  case epochs
  case probability
  case fraction
  case count
  case millions
  case nats
  case times = "x"
  /// No unit at all.
  case ratio
  case unitsOfY = "units of y"

  /// The unit behind a metric's title in a sentence; nil where the title says it.
  package var phrase: String? {
    switch self {
    case .percent, .millions, .nats, .unitsOfY: "in \(rawValue)"
    case .fraction: "as a fraction"
    case .epochs, .probability, .count, .times, .ratio: nil
    }
  }

  /// Decimals that tables print.
  package var decimals: Int {
    switch self {
    case .percent, .epochs, .times, .probability: 2
    case .ratio: 4
    case .count: 1
    case .fraction, .millions, .nats, .unitsOfY: 3
    }
  }
}
