/// A study on generated images that takes a second: two arms, one of which selects its rate.
enum TinyStudy {
  /// The config with so many updates a run, and a list of what they measure.
  static func config(iterations: Int = 40, trials: Int = 2, measure: String = "[]") -> String {
    """
    {
      "study": "tiny", "task": "classification", "trials": \(trials), "measure": \(measure),
      "dataset": {
        "name": "synthetic", "validation": 40,
        "synthetic": {"height": 8, "width": 8, "classes": 3, "training": 160, "test": 60}
      },
      "axes": {"trainSize": [60, 120]},
      "network": {"name": "mlp", "hidden": [16]},
      "training": {
        "batch": 16, "iterations": \(iterations),
        "optimizer": {"name": "sgd", "style": "caffe", "momentum": 0.9},
        "learningRate": {"schedule": "constant", "base": 0.05}
      },
      "evaluation": {"every": 20},
      "arms": [
        {"name": "plain"},
        {"name": "Dropout", "regularizers": [{"name": "dropout", "drop": {"select": [0.2, 0.5]}}]}
      ]
    }

    """
  }
}
