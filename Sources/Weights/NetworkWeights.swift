import Canonical
import Model

/// The learned arrays and running statistics of one network, between memory and safetensors files in
/// PyTorch's names and layouts.
package struct NetworkWeights {
  /// The network's name, for messages.
  package let network: String
  /// What a file holds.
  package let layouts: [ArrayLayout]

  /// The arrays of a network.
  /// - Throws: `ShapeError` where the network's layers do not fit, or have no layout in PyTorch.
  package init(_ network: NetworkSpec) throws(ShapeError) {
    self.network = network.name
    layouts = try network.weightLayouts()
  }

  /// What PyTorch counts in batch normalizations and no evaluation needs.
  private static let counter = "num_batches_tracked"

  /// Writes the arrays to a file.
  /// - Parameters:
  ///   - memory: the engine's array of a name.
  ///   - metadata: strings for whoever reads the file.
  /// - Throws: `FileError`.
  package func save(
    _ memory: (String) -> UnsafeMutableBufferPointer<Float>?, metadata: [String: String],
    to path: String
  ) throws {
    let tensors = layouts.map { layout in
      let values = memory(layout.name)
      return SafetensorsWriter.Tensor(name: layout.name, shape: layout.shape) { numbers in
        precondition(values?.count == layout.count, "\(layout.name) is an array of the network")
        if let values { layout.export(UnsafeBufferPointer(values), to: numbers) }
      }
    }
    try SafetensorsWriter.write(tensors, metadata: metadata, to: path)
  }

  /// Fills the arrays from a file that holds exactly them; running statistics included.
  /// - Parameter memory: the engine's array of a name.
  /// - Returns: the SHA-256 of the file in hexadecimal digits.
  /// - Throws: `WeightsError`; nothing is touched if names, shapes or types differ. Arrays before one
  /// with an impossible number have been filled.
  @discardableResult
  package func load(
    _ file: SafetensorsFile, into memory: (String) -> UnsafeMutableBufferPointer<Float>?
  ) throws(WeightsError) -> String {
    let prefix = try check(file)
    var known: [String: ArrayLayout] = [:]
    for layout in layouts { known[prefix + layout.name] = layout }
    return try file.read { (tensor, numbers) throws(WeightsError) in
      if let numbers { try Self.check(numbers, of: tensor, in: file) }
      guard let layout = known[tensor.name], let numbers, let values = memory(layout.name) else {
        return
      }
      precondition(values.count == layout.count, "\(layout.name) is an array of the network")
      numbers.withUnsafeBufferPointer { layout.load($0, to: values) }
    }
  }

  /// Whether the file holds this network's arrays and nothing else, by its header alone.
  /// - Returns: what stands before the network's own names in the file, mostly nothing.
  /// - Throws: `WeightsError` of kind `corrupt` for the first that differs.
  @discardableResult
  package func check(_ file: SafetensorsFile) throws(WeightsError) -> String {
    let prefix = WrapperPrefix.of(file.header.tensors.map(\.name), around: layouts.map(\.name))
    let problems = problems(in: file.header, prefix: prefix)
    guard let first = problems.first else { return prefix }
    var advice: String?
    if problems.count > 1 {
      let others = problems.dropFirst().prefix(3).map { "\"\($0.tensor)\"" }
      let more = problems.count > 4 ? " and \(problems.count - 4) more" : ""
      advice = "\(others.joined(separator: ", "))\(more) do not fit either"
    }
    if let near = first.advice { advice = near + (advice.map { "; \($0)" } ?? "") }
    throw WeightsError(
      .corrupt, file: file.path, tensor: first.tensor, first.text, advice: advice)
  }

  /// Reads all of a file of weights, whichever network's they are.
  /// - Returns: the SHA-256 of the file in hexadecimal digits.
  /// - Throws: `WeightsError`, also for numbers that no network can have.
  @discardableResult
  package static func digest(_ file: SafetensorsFile) throws(WeightsError) -> String {
    try file.read { (tensor, numbers) throws(WeightsError) in
      if let numbers { try check(numbers, of: tensor, in: file) }
    }
  }

  /// Refuses what is not finite, and negative variances.
  private static func check(
    _ numbers: [Float], of tensor: SafetensorsHeader.Tensor, in file: SafetensorsFile
  ) throws(WeightsError) {
    let isVariance = tensor.name.hasSuffix(".running_var")
    guard let place = numbers.firstIndex(where: { !$0.isFinite || (isVariance && $0 < 0) }) else {
      return
    }
    let number = numbers[place]
    let what =
      if number.isNaN { "not a number (NaN)" } else if number.isFinite {
        "\(number), but a variance is not negative"
      } else { "infinite, or too large for a 32-bit float" }
    throw WeightsError(
      .corrupt, file: file.path, tensor: tensor.name,
      "element \(place) of \(numbers.count) is \(what)",
      advice: "the training that wrote it diverged, or the file is damaged: use another one")
  }

  /// What a user should hear of a prefix that `check` has found; nil where there is none.
  package static func note(ofPrefix prefix: String, in path: String) -> String? {
    prefix.isEmpty
      ? nil : "\(path): \"\(prefix)\" is taken off the names of the tensors, and then all fit"
  }

  private struct Problem {
    var tensor: String
    var text: String
    var advice: String?
  }

  private func problems(in header: SafetensorsHeader, prefix: String) -> [Problem] {
    var found: [String: SafetensorsHeader.Tensor] = [:]
    for tensor in header.tensors { found[tensor.name] = tensor }
    let expected = Set(layouts.map { prefix + $0.name })
    let extra = header.tensors.filter {
      !expected.contains($0.name) && !isCounter($0.name, prefix: prefix)
    }
    let missing = layouts.compactMap { layout -> Problem? in
      guard let tensor = found[prefix + layout.name] else {
        let near = Suggestion.nearest(to: layout.name, among: extra.map(\.name))
        return Problem(
          tensor: layout.name,
          text: "it is not in the file; \(network) expects it with shape \(layout.shape)",
          advice: near.map { "the file has \"\($0)\"" })
      }
      guard tensor.shape == layout.shape else {
        return Problem(
          tensor: layout.name,
          text: "its shape is \(tensor.shape); \(network) expects \(layout.shape)")
      }
      guard ElementType.convertible.contains(tensor.type) else {
        let types = ElementType.convertible.map(\.rawValue).joined(separator: ", ")
        return Problem(
          tensor: layout.name,
          text: "its shape \(tensor.shape) is right, but its elements are \(tensor.type.rawValue); "
            + "expected one of \(types)")
      }
      return nil
    }
    return missing
      + extra.map {
        Problem(tensor: $0.name, text: "\(network) has no such array; its shape is \($0.shape)")
      }
  }

  /// Whether a tensor is the counter of one of the network's batch normalizations.
  private func isCounter(_ name: String, prefix: String) -> Bool {
    guard name.hasSuffix(".\(Self.counter)") else { return false }
    let mean = name.dropLast(Self.counter.count) + "running_mean"
    return layouts.contains { prefix + $0.name == mean }
  }
}

/// What wrappers of PyTorch put before the names of a network's arrays: `DataParallel` and
/// `DistributedDataParallel` "module.", `torch.compile` "_orig_mod.", and classes around a network
/// most often "model." or "net.".
enum WrapperPrefix {
  private static let parts = ["module.", "_orig_mod.", "model.", "net."]

  /// The shortest combination of those parts, in any order, with which all `names` are in the file;
  /// empty where they are there without, or where none fits.
  static func of(_ tensors: [String], around names: [String]) -> String {
    let present = Set(tensors)
    func fits(_ prefix: String) -> Bool { names.allSatisfy { present.contains(prefix + $0) } }
    // Every tensor has the same parts before its name, so that one of them tells which.
    guard !names.isEmpty, !fits(""), let first = tensors.first else { return "" }
    var prefix = ""
    while let part = parts.first(where: { first.dropFirst(prefix.count).hasPrefix($0) }) {
      prefix += part
      if fits(prefix) { return prefix }
    }
    return ""
  }
}
