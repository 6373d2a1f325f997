/// A study that explains itself, for people who write their first one.
package enum StarterStudy {
  /// The config; `name` becomes the study's.
  package static func text(name: String) -> String {
    """
    {
      "$schema": "\(StudySchema.fileName)",
      "note": "Every object takes a note like this one. Notes change nothing; explain lists them.",
      "study": "\(name)",
      "title": "Dropout and Shakeout on a few digits",
      "task": "classification",
      "seed": 1,
      "trials": 3,
      "dataset": {
        "note": "validation images are held out of the training set; select chooses on them. scale multiplies the pixels, 0 to 255.",
        "name": "mnist-5k",
        "validation": 1000,
        "scale": "1/256"
      },
      "axes": {
        "note": "What varies beside the methods: any key of dataset, trainSize, network, training, evaluation, also as a path such as training.batch. Rows of the table are their combinations.",
        "trainSize": [300, 1000]
      },
      "network": {
        "note": "regbench networks lists names, parameters and the sites where a regularizer may attach.",
        "name": "mlp",
        "hidden": [256]
      },
      "training": {
        "batch": 64,
        "iterations": 500,
        "optimizer": {"name": "sgd", "style": "caffe", "momentum": 0.9, "weightDecay": 5e-4},
        "learningRate": {"schedule": "constant", "base": 0.01}
      },
      "evaluation": {
        "note": "Test and validation error every so many updates; without this object at the end only.",
        "every": 100
      },
      "arms": [
        {"name": "plain"},
        {
          "name": "Dropout",
          "regularizers": [
            {
              "name": "dropout",
              "drop": {
                "note": "select tries each value once and takes the one with the lowest validation error. A list, or a range: {\\"from\\": 0.1, \\"to\\": 0.8, \\"steps\\": 8}; random instead of steps draws.",
                "select": [0.3, 0.5, 0.7]
              }
            }
          ]
        },
        {
          "name": "Shakeout",
          "regularizers": [
            {
              "name": "shakeout",
              "drop": 0.3,
              "c": "1/sqrt(n)",
              "note": "Numbers of regularizers may be expressions of n, the number of training images."
            }
          ]
        }
      ],
      "profiles": {
        "smoke": {
          "note": "A patch: objects are merged, lists of named objects by name, null removes.",
          "reduced": "one trial, 50 updates, no selection",
          "trials": 1,
          "training": {"iterations": 50},
          "evaluation": null,
          "arms": {"Dropout": {"regularizers": {"dropout": {"drop": 0.5}}}}
        }
      }
    }

    """
  }
}
