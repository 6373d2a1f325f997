/// A run of neighbouring numbers of one parameter, which one thread updates at a time.
struct ParameterBlock {
  /// The longest run.
  static let size = 32_768

  /// The parameter's number.
  let parameter: Int
  /// Where the run starts in the parameter.
  let start: Int
  let count: Int
  let values: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>

  /// All parameters, cut.
  static func blocks(of parameters: [Parameter]) -> [ParameterBlock] {
    var blocks: [ParameterBlock] = []
    for (index, parameter) in parameters.enumerated() {
      for start in stride(from: 0, to: parameter.values.count, by: size) {
        blocks.append(
          ParameterBlock(
            parameter: index, start: start, count: min(size, parameter.values.count - start),
            values: parameter.base + start, gradient: parameter.gradientBase + start))
      }
    }
    return blocks
  }
}
