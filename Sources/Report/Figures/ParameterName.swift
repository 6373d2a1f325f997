/// What axes and legends call the keys of configs.
enum ParameterName {
  private static let words = [
    "trainSize": "training images", "keep": "keep probability", "drop": "drop rate",
    "lambda": "strength λ", "gamma": "γ", "c": "constant c", "base": "learning rate",
    "batch": "batch size", "sigma": "noise σ", "hidden": "hidden units", "n": "training images",
    "streamSalt": "random streams", "gaussian": "spread of initial weights", "p": "probability p",
  ]

  /// A key, or the last step of a dotted path, in words: `training.learningRate.base` is the learning
  /// rate, `maxNorm` is "max norm".
  static func long(_ key: String) -> String {
    let last = short(key)
    return words[last] ?? spaced(last)
  }

  /// The last step of a dotted path.
  static func short(_ key: String) -> String {
    key.split(separator: ".").last.map(String.init) ?? key
  }

  /// `piecewiseConstant` as two words.
  static func spaced(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase, let last = text.last, last.isLowercase {
        text += " "
        text += character.lowercased()
      } else if character == "_" {
        text += " "
      } else {
        text.append(character)
      }
    }
  }
}
