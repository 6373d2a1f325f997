import Canonical
import Durable
import Model
import Testing
import Weights

/// What scripts/pytorch/ten_steps.py has written of one network: the recipe, the loss before each
/// step, and what ten steps make of every parameter and running statistic.
struct PyTorchSteps {
  /// The recipe: network, input, optimizer and so on.
  let recipe: JSONValue
  /// The losses.
  let losses: [Double]
  /// Changes by name, in PyTorch's layout, with the factor that they carry.
  private let changes: [String: [Double]]

  /// 16 bits keep a change up to this fraction of it; smaller ones than 2⁻¹⁴ (times the factor) are
  /// kept up to far less than any bound.
  private static let rounding = 0x1p-11

  static let folder = PathName.join(PathName.parent(of: #filePath), "PyTorch")

  /// The networks' files, without their ending.
  static let names: [String] = ((try? Folder.entries(folder)) ?? []).compactMap {
    $0.hasSuffix(".safetensors") ? String($0.dropLast(".safetensors".count)) : nil
  }

  init(_ name: String) throws {
    let file = try SafetensorsFile(PathName.join(Self.folder, "\(name).safetensors"))
    let text = try #require(file.header.metadata["recipe"])
    let scale = try #require(file.header.metadata["scale"].flatMap(Double.init))
    recipe = try JSONParser.parse(Array(text.utf8), file: name).get()
    losses = try #require(recipe["losses"]?.elements).compactMap(\.doubleValue)
    var changes: [String: [Double]] = [:]
    try file.read { tensor, numbers in
      changes[tensor.name] = numbers?.map { Double($0) / scale }
    }
    self.changes = changes
  }

  /// The names of all arrays.
  var arrays: Set<String> { Set(changes.keys) }

  func int(_ key: String) -> Int { recipe[key]?.intValue ?? 0 }

  /// The shape under `input`, which is `[channels, height, width]`.
  var input: FeatureShape {
    let lengths = recipe["input"]?.elements?.compactMap(\.intValue) ?? []
    guard lengths.count == 3 else { return FeatureShape(vector: 1) }
    return FeatureShape(height: lengths[1], width: lengths[2], channels: lengths[0])
  }

  /// The network under `key`, for the recipe's input.
  func network(_ key: String) throws -> NetworkSpec {
    let diagnostics = DiagnosticCollector()
    let choice = NetworkChoice(reading: try #require(recipe[key]), diagnostics)
    #expect(diagnostics.diagnostics.isEmpty)
    return choice.network(input: input, classes: int("classes"))
  }

  func optimizer() throws -> Optimizer {
    let diagnostics = DiagnosticCollector()
    let optimizer = Optimizer(
      reading: ObjectReader(try #require(recipe["optimizer"]), diagnostics))
    #expect(diagnostics.diagnostics.isEmpty)
    return optimizer
  }

  /// Compares an array after the last step with PyTorch's, w₁₀, both in PyTorch's layout:
  /// ‖Δ‖ ≤ 10⁻³·max(‖w₁₀‖, ‖w₁₀ − w₀‖) + 10⁻⁶·√count, less what 16 bits may hide.
  /// - Returns: ‖Δ‖ in relation to the bound.
  @discardableResult
  func expect(_ name: String, _ values: [Float], startedAs start: [Float]) throws -> Double {
    let change = try #require(changes[name], "\(name)")
    try #require(change.count == values.count && start.count == values.count, "\(name)")
    let expected = zip(start, change).map { Double($0) + $1 }
    let distance = norm(zip(values, expected).map { Double($0) - $1 })
    let bound =
      1e-3 * max(norm(expected), norm(change)) + 1e-6 * Double(values.count).squareRoot()
      - Self.rounding * norm(change)
    #expect(distance <= bound, "\(name): ‖Δ‖ \(distance), bound \(bound)")
    return distance / bound
  }

  private func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}

/// The numbers that scripts/pytorch/ten_steps.py computes by the same formula.
enum SharedNumbers {
  /// The first numbers of SplitMix64, started at the FNV-1a hash of the name.
  static func bits(_ name: String, _ count: Int) -> [UInt64] {
    let seed = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return (1...max(count, 1)).prefix(count).map { index in
      var z = seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// Multiples of 2⁻²⁴ from 0 to 1.
  static func uniform(_ name: String, _ count: Int) -> [Double] {
    bits(name, count).map { Double($0 >> 40) * 0x1p-24 }
  }

  /// Initial values of a parameter in PyTorch's layout.
  static func initial(_ spec: ParameterSpec, prefix: String = "") -> [Float] {
    let bound = (6 / Double(spec.shape.dropFirst().reduce(1, *))).squareRoot()
    return uniform(prefix + spec.name, spec.count).map { u in
      let centred = 2 * u - 1
      switch spec.role {
      case .weight: return Float(centred * bound)
      case .gain: return Float(centred * 0.1 + 1)
      case .bias, .shift: return Float(centred * 0.1)
      }
    }
  }

  /// Fills samples of maps, which the formula orders by channel, row and column.
  static func fill(
    _ target: UnsafeMutablePointer<Float>, _ name: String, count: Int, shape: FeatureShape,
    centred: Bool = false
  ) {
    let numbers = uniform(name, count * shape.count)
    for sample in 0..<count {
      for channel in 0..<shape.channels {
        for position in 0..<shape.positions {
          let u = numbers[(sample * shape.channels + channel) * shape.positions + position]
          target[(sample * shape.positions + position) * shape.channels + channel] = Float(
            centred ? 2 * u - 1 : u)
        }
      }
    }
  }
}
