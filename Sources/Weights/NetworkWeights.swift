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
  /// - Throws: `WeightsError`; nothing is touched if names, shapes or types differ.
  @discardableResult
  package func load(
    _ file: SafetensorsFile, into memory: (String) -> UnsafeMutableBufferPointer<Float>?
  ) throws(WeightsError) -> String {
    try check(file)
    var known: [String: ArrayLayout] = [:]
    for layout in layouts { known[layout.name] = layout }
    return try file.read { tensor, numbers in
      guard let layout = known[tensor.name], let numbers, let values = memory(tensor.name) else {
        return
      }
      precondition(values.count == layout.count, "\(layout.name) is an array of the network")
      layout.load(numbers, to: values)
    }
  }

  /// Whether the file holds this network's arrays and nothing else, by its header alone.
  /// - Throws: `WeightsError` of kind `mismatch` for the first that differs.
  package func check(_ file: SafetensorsFile) throws(WeightsError) {
    let problems = problems(in: file.header)
    guard let first = problems.first else { return }
    var advice: String?
    if problems.count > 1 {
      let others = problems.dropFirst().prefix(3).map { "\"\($0.tensor)\"" }
      let more = problems.count > 4 ? " and \(problems.count - 4) more" : ""
      advice = "\(others.joined(separator: ", "))\(more) do not fit either"
    }
    if let near = first.advice { advice = near + (advice.map { "; \($0)" } ?? "") }
    throw WeightsError(
      .mismatch, file: file.path, tensor: first.tensor, first.text, advice: advice)
  }

  private struct Problem {
    var tensor: String
    var text: String
    var advice: String?
  }

  private func problems(in header: SafetensorsHeader) -> [Problem] {
    var found: [String: SafetensorsHeader.Tensor] = [:]
    for tensor in header.tensors { found[tensor.name] = tensor }
    let expected = Set(layouts.map(\.name))
    let extra = header.tensors.filter { !expected.contains($0.name) && !isCounter($0.name) }
    let missing = layouts.compactMap { layout -> Problem? in
      guard let tensor = found[layout.name] else {
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
  private func isCounter(_ name: String) -> Bool {
    guard name.hasSuffix(".\(Self.counter)") else { return false }
    let mean = name.dropLast(Self.counter.count) + "running_mean"
    return layouts.contains { $0.name == mean }
  }
}
