import Durable
import Model
import TestSupport
import Testing

@testable import Weights

/// The engine's arrays of a network, as a test's own memory.
private final class Memory {
  private var arrays: [String: UnsafeMutableBufferPointer<Float>] = [:]

  init(_ layouts: [ArrayLayout]) {
    for layout in layouts {
      let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: layout.count)
      values.initialize(repeating: -1)
      arrays[layout.name] = values
    }
  }

  deinit { for values in arrays.values { values.deallocate() } }

  func find(_ name: String) -> UnsafeMutableBufferPointer<Float>? { arrays[name] }

  func numbers(_ name: String) -> [Float] { arrays[name].map { Array($0) } ?? [] }

  func fill() {
    for (name, values) in arrays {
      for (index, number) in TestNumbers.uniform(values.count, name).enumerated() {
        // A variance is not negative.
        values[index] = Float(name.hasSuffix("running_var") ? abs(number) : number)
      }
    }
  }
}

@Suite struct NetworkWeightsTests {
  /// The network of scripts/pytorch/pytorch_safetensors.py.
  private static let network = NetworkSpec(
    name: "small", input: FeatureShape(height: 4, width: 4, channels: 2),
    layers: [
      NamedLayer("conv1", .convolution(ConvolutionSpec(outputs: 3, kernel: 3))),
      NamedLayer("bn1", .batchNormalization(BatchNormalizationSpec())),
      NamedLayer("fc", .dense(DenseSpec(outputs: 2))),
    ])
  private static let fixture = PathName.join(
    PathName.parent(of: #filePath), "Files/pytorch.safetensors")

  @Test func `a file written by PyTorch loads`() throws {
    let weights = try NetworkWeights(Self.network)
    let memory = Memory(weights.layouts)
    try weights.load(try SafetensorsFile(Self.fixture), into: memory.find)
    // The n-th number of the k-th tensor is n/4 + k.
    #expect(memory.numbers("conv1.bias") == [1, 1.25, 1.5])
    #expect(memory.numbers("bn1.weight") == [2, 2.25, 2.5])
    #expect(memory.numbers("bn1.bias") == [3, 3.25, 3.5])
    #expect(memory.numbers("bn1.running_mean") == [4, 4.25, 4.5])
    #expect(memory.numbers("bn1.running_var") == [5, 5.25, 5.5])
    // Channels last: the two input channels of the kernel's first corner lie side by side.
    #expect(memory.numbers("conv1.weight").prefix(4) == [0, 2.25, 0.25, 2.5])
    // The three channels of the map's first position lie side by side.
    #expect(memory.numbers("fc.weight").prefix(4) == [7, 8, 9, 7.25])
  }

  @Test func `what is saved loads again`() throws {
    let folder = try TemporaryFolder()
    let weights = try NetworkWeights(Self.network)
    let (first, second) = (Memory(weights.layouts), Memory(weights.layouts))
    first.fill()
    let path = folder.file("w.safetensors")
    try weights.save(first.find, metadata: ["network": "{\"ü\": \"\\\"\"}"], to: path)
    let file = try SafetensorsFile(path)
    #expect(file.header.metadata["network"] == "{\"ü\": \"\\\"\"}")
    #expect(file.header.metadata.keys.sorted() == ["data_sha256", "network"])
    #expect(file.header.tensors.map(\.name) == weights.layouts.map(\.name))
    let digest = try weights.load(file, into: second.find)
    #expect(digest.count == 64)
    for layout in weights.layouts {
      #expect(first.numbers(layout.name) == second.numbers(layout.name))
    }
    // The data begin at a multiple of 8.
    let length = try FileContents.read(path).prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 8 == 0)
  }

  @Test func `a changed number does not load`() throws {
    let folder = try TemporaryFolder()
    let weights = try NetworkWeights(Self.network)
    let memory = Memory(weights.layouts)
    memory.fill()
    let path = folder.file("w.safetensors")
    try weights.save(memory.find, metadata: [:], to: path)
    var bytes = try FileContents.read(path)
    bytes[bytes.count - 4] ^= 1
    try folder.write(bytes, "w.safetensors")
    let error = #expect(throws: WeightsError.self) {
      try weights.load(try SafetensorsFile(path), into: memory.find)
    }
    #expect(error?.kind == .corrupt)
    #expect(error?.advice?.contains("data_sha256") == true)
  }

  /// The error of the fixture for a network of these layers.
  private func mismatch(_ layers: [NamedLayer]) throws -> WeightsError? {
    let network = NetworkSpec(name: "other", input: Self.network.input, layers: layers)
    let weights = try NetworkWeights(network)
    let memory = Memory(weights.layouts)
    let error = #expect(throws: WeightsError.self) {
      try weights.load(SafetensorsFile(Self.fixture), into: memory.find)
    }
    // Nothing was touched.
    for layout in weights.layouts {
      #expect(memory.numbers(layout.name).allSatisfy { $0 == -1 })
    }
    #expect(error?.kind == .corrupt)
    return error
  }

  @Test func `a tensor of another shape is named`() throws {
    var layers = Self.network.layers
    layers[2] = NamedLayer("fc", .dense(DenseSpec(outputs: 5)))
    let error = try mismatch(layers)
    #expect(error?.tensor == "fc.weight")
    #expect(error?.problem == "its shape is [2, 12]; other expects [5, 12]")
    #expect(error?.advice == "\"fc.bias\" do not fit either")
  }

  @Test func `a missing tensor is named`() throws {
    var layers = Self.network.layers
    layers[2] = NamedLayer("fc1", .dense(DenseSpec(outputs: 2)))
    let error = try mismatch(layers)
    #expect(error?.tensor == "fc1.weight")
    #expect(
      error?.problem == "it is not in the file; other expects it with shape [2, 12]")
    #expect(error?.advice?.hasPrefix("the file has \"fc.weight\"") == true)
  }

  @Test func `an unexpected tensor is named`() throws {
    var layers = Self.network.layers
    layers[0] = NamedLayer(
      "conv1", .convolution(ConvolutionSpec(outputs: 3, kernel: 3, hasBias: false)))
    let error = try mismatch(layers)
    #expect(error?.tensor == "conv1.bias")
    #expect(error?.problem == "other has no such array; its shape is [3]")
  }

  @Test func `integers are no weights`() throws {
    let folder = try TemporaryFolder()
    let network = NetworkSpec(
      name: "line", input: FeatureShape(vector: 2),
      layers: [NamedLayer("fc", .dense(DenseSpec(outputs: 1, hasBias: false)))])
    let header = #"{"fc.weight": {"dtype": "I32", "shape": [1, 2], "data_offsets": [0, 8]}}"#
    let path = try folder.write(SafetensorsBytes.file(header, dataBytes: 8), "w")
    let error = try #require(throws: WeightsError.self) {
      try NetworkWeights(network).check(SafetensorsFile(path))
    }
    #expect(error.problem.hasPrefix("its shape [1, 2] is right, but its elements are I32"))
  }

  @Test func `a full disk leaves no file`() throws {
    let folder = try TemporaryFolder()
    let weights = try NetworkWeights(Self.network)
    let memory = Memory(weights.layouts)
    let path = folder.file("w.safetensors")
    let fault = FaultHook.Fault(.write, turn: 2, .error(28))
    let (attempt, _) = FaultHook.during(fault, under: folder.path) {
      Result { try weights.save(memory.find, metadata: [:], to: path) }
    }
    #expect(throws: FileError.self) { try attempt.get() }
    #expect(try Folder.entries(folder.path).isEmpty)
  }

  /// The fixture with other names of its tensors.
  private func renamed(_ prefix: String, in folder: TemporaryFolder) throws -> SafetensorsFile {
    let bytes = try FileContents.read(Self.fixture)
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    var header = String(decoding: bytes[8..<(8 + length)], as: UTF8.self)
    for name in ["conv1.", "bn1.", "fc."] {
      header = header.replacing("\"\(name)", with: "\"\(prefix)\(name)")
    }
    return try SafetensorsFile(
      folder.write(
        SafetensorsBytes.length(header.utf8.count) + Array(header.utf8) + bytes[(8 + length)...],
        "w.safetensors"))
  }

  @Test(arguments: ["", "module.", "_orig_mod.", "module._orig_mod.", "model.net.", "net.module."])
  func `prefixes of wrappers are taken off where all names then fit`(prefix: String) throws {
    let folder = try TemporaryFolder()
    let weights = try NetworkWeights(Self.network)
    let memory = Memory(weights.layouts)
    #expect(try weights.check(renamed(prefix, in: folder)) == prefix)
    try weights.load(renamed(prefix, in: folder), into: memory.find)
    #expect(memory.numbers("bn1.running_var") == [5, 5.25, 5.5])
    let note = NetworkWeights.note(ofPrefix: prefix, in: "w")
    #expect(note?.contains("\"\(prefix)\"") ?? prefix.isEmpty)
  }

  @Test(arguments: ["encoder.", "module.encoder.", "modul"])
  func `other prefixes are errors`(prefix: String) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: WeightsError.self) {
      try NetworkWeights(Self.network).check(renamed(prefix, in: folder))
    }
    #expect(error?.kind == .corrupt)
  }

  @Test(arguments: [
    ("conv1.weight", Float.nan, "element 9 of 54 is not a number (NaN)"),
    ("conv1.weight", .infinity, "element 9 of 54 is infinite, or too large for a 32-bit float"),
    ("bn1.running_mean", -.infinity, "element 1 of 3 is infinite, or too large for a 32-bit float"),
    ("bn1.running_var", -0.5, "element 1 of 3 is -0.5, but a variance is not negative"),
  ])
  func `numbers that no network can have are refused by the name of their tensor`(
    tensor: String, number: Float, problem: String
  ) throws {
    let folder = try TemporaryFolder()
    let weights = try NetworkWeights(Self.network)
    let memory = Memory(weights.layouts)
    memory.fill()
    let path = folder.file("w.safetensors")
    try weights.save(memory.find, metadata: [:], to: path)
    _ = try NetworkWeights.digest(SafetensorsFile(path))
    memory.find(tensor)?[1] = number
    try weights.save(memory.find, metadata: [:], to: path)
    for error in [
      #expect(throws: WeightsError.self) { try NetworkWeights.digest(SafetensorsFile(path)) },
      #expect(throws: WeightsError.self) {
        try weights.load(SafetensorsFile(path), into: Memory(weights.layouts).find)
      },
    ] {
      #expect(error?.kind == .corrupt)
      #expect(error?.tensor == tensor)
      #expect(error?.problem == problem)
    }
  }
}
