import Study

extension FigureName {
  /// The figure as a heading.
  package var heading: String {
    switch self {
    case .errorAgainstTrainSize: "Error against the number of training images"
    case .learningCurves: "Learning curves"
    case .weightHistogram: "Distribution of weights"
    case .unitMaxima: "Largest weights of units"
    case .filters: "Filters"
    case .pruningCurve: "Pruning"
    case .ganValue: "Value of the adversarial game"
    case .effectiveWeight: "Effective weights"
    case .regularizerCurve: "Regularizer of one weight"
    case .regularizerContour: "Regularizer of two weights"
    case .parameterSweep: "Sweep of a parameter"
    case .accuracyAgainstSparsity: "Accuracy against sparsity"
    case .gradientStatistics: "Gradients and weights"
    case .convergenceScatter: "Convergence"
    case .regressionFit: "Regression"
    case .shiftRatio: "Shift of the variance by keep probability"
    case .varianceShift: "Shift of the variance in training"
    }
  }

  /// What a reader sees, in a sentence or two.
  package var explanation: String {
    switch self {
    case .errorAgainstTrainSize:
      "The table as a picture: error against the number of training images. Bars are what the "
        + "table prints behind ±; published values are hollow and dashed."
    case .learningCurves:
      "The course of training: means over trials, with the range of the trials as a band."
    case .weightHistogram:
      "How the weights are distributed after training: the share of weights in each bin, mean over "
        + "trials."
    case .unitMaxima:
      "The largest weight that leaves each input unit, units sorted by it, mean over trials."
    case .filters: "The incoming weights of hidden units as images, black lowest, white highest."
    case .pruningCurve:
      "What accuracy is lost, relative to that of the whole network, when the given share of the "
        + "smallest weights is set to 0; means over trials, with the range of the trials as a band."
    case .ganValue:
      "The smallest and largest value of the game within windows of updates: a discriminator that "
        + "wins shows as spikes."
    case .effectiveWeight:
      "The weight that an input has where it is reversed, and where it is enhanced."
    case .regularizerCurve: "The regularizer as a function of one weight."
    case .regularizerContour: "Lines on which the regularizer of two weights is the same."
    case .parameterSweep: "Means over trials with their 95 % t intervals."
    case .accuracyAgainstSparsity:
      "Accuracy against the share of weights that are exactly 0, a point for each setting; bars are "
        + "95 % t intervals."
    case .gradientStatistics:
      "Mean sizes over all regularized weights, per epoch; means over trials, with their range."
    case .convergenceScatter:
      "A point for each run: its lowest validation error and the epoch of it."
    case .regressionFit:
      "The points that were trained on, the function behind them, and what the networks of the "
        + "first trial make of them."
    case .shiftRatio:
      "Variance of a unit's output in evaluation divided by that in training: the formula, and what "
        + "was measured."
    case .varianceShift:
      "Variance of outputs in evaluation divided by that in training, in the course of training."
    }
  }
}
