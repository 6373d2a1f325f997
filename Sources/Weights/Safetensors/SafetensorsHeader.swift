import Canonical

/// What a safetensors file says of its tensors: a JSON object of names with `dtype`, `shape` and
/// `data_offsets`, and `__metadata__`, an object of strings. Every statement is checked against the
/// others and against the file's size before a byte of a tensor is read.
package struct SafetensorsHeader: Equatable, Sendable {
  package struct Tensor: Equatable, Sendable {
    /// The name, unique in the file.
    package var name: String
    package var type: ElementType
    /// The shape; a single number has none.
    package var shape: [Int]
    /// Its bytes, counted from the end of the header.
    package var bytes: Range<Int>

    /// How many elements it holds.
    package var count: Int { bytes.count / type.size }
  }

  /// The strings under `__metadata__`.
  package let metadata: [String: String]
  /// The tensors in the order of their bytes, which follow each other without gaps.
  package let tensors: [Tensor]

  /// Bytes of the header's own length, at the file's start.
  static let lengthBytes = 8
  /// The longest header that is read, so that no file makes the reader take all memory; networks of
  /// a thousand layers have a quarter of it.
  static let longest = 8 << 20
  private static let metadataName = "__metadata__"

  /// Reads a header.
  /// - Parameters:
  ///   - text: the bytes between the header's length and the first tensor.
  ///   - dataBytes: what the file holds behind them.
  ///   - file: what errors call it.
  /// - Throws: `WeightsError` of kind `corrupt` that names place or tensor.
  init(reading text: [UInt8], dataBytes: Int, file: String) throws(WeightsError) {
    guard text.first == UInt8(ascii: "{") else {
      throw WeightsError(
        .corrupt, file: file, offset: Self.lengthBytes,
        "the header must begin with \"{\"", advice: "this is no safetensors file")
    }
    let json: JSONValue
    switch JSONParser.parse(text, file: file) {
    case .success(let value): json = value
    case .failure(let problem):
      let place = "line \(problem.location.line), column \(problem.location.column)"
      throw WeightsError(
        .corrupt, file: file, "the header is not JSON: \(problem.message) (\(place) of the header)")
    }
    var metadata: [String: String] = [:]
    var tensors: [Tensor] = []
    for member in json.members ?? [] {
      if member.name == Self.metadataName {
        metadata = try Self.metadata(member.value, file)
      } else {
        tensors.append(try Self.tensor(member.name, member.value, file))
      }
    }
    // Tensors without elements come before one that begins where they do.
    tensors.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    try Self.checkPlaces(tensors, dataBytes: dataBytes, file)
    self.metadata = metadata
    self.tensors = tensors
  }

  private static func metadata(
    _ value: JSONValue, _ file: String
  ) throws(WeightsError) -> [String: String] {
    // Some writers say null where they have nothing to say.
    if case .null = value.content { return [:] }
    guard let members = value.members else {
      throw WeightsError(
        .corrupt, file: file, "\"\(metadataName)\" must be an object, found \(value.kindName)")
    }
    var result: [String: String] = [:]
    for member in members {
      guard let text = member.value.stringValue else {
        throw WeightsError(
          .corrupt, file: file,
          "\"\(member.name)\" of \"\(metadataName)\" must be a string, found \(member.value.kindName)"
        )
      }
      result[member.name] = text
    }
    return result
  }

  private static func tensor(
    _ name: String, _ value: JSONValue, _ file: String
  ) throws(WeightsError) -> Tensor {
    func corrupt(_ problem: String) -> WeightsError {
      WeightsError(.corrupt, file: file, tensor: name, problem)
    }
    guard let members = value.members else {
      throw corrupt("expected an object, found \(value.kindName)")
    }
    let known = ["dtype", "shape", "data_offsets"]
    if let member = members.first(where: { !known.contains($0.name) }) {
      throw corrupt("unknown key \"\(member.name)\"")
    }
    if let key = known.first(where: { value[$0] == nil }) {
      throw corrupt("missing key \"\(key)\"")
    }
    guard let typeName = value["dtype"]?.stringValue, let type = ElementType(rawValue: typeName)
    else {
      let names = ElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw corrupt("unknown dtype \(value["dtype"]?.kindName ?? ""), expected one of \(names)")
    }
    guard let shape = lengths(value["shape"]) else {
      throw corrupt("\"shape\" must be a list of whole numbers from 0")
    }
    guard let offsets = lengths(value["data_offsets"]), offsets.count == 2,
      offsets[0] <= offsets[1]
    else { throw corrupt("\"data_offsets\" must be a begin and an end that is not before it") }
    var size = type.size
    for length in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard !overflow else { throw corrupt("shape \(shape) is too large for any file") }
      size = product
    }
    guard offsets[1] - offsets[0] == size else {
      throw corrupt(
        "\(type.rawValue) of shape \(shape) takes \(size) bytes, but \"data_offsets\" span "
          + "\(offsets[1] - offsets[0])")
    }
    return Tensor(name: name, type: type, shape: shape, bytes: offsets[0]..<offsets[1])
  }

  private static func lengths(_ value: JSONValue?) -> [Int]? {
    guard let elements = value?.elements else { return nil }
    let numbers = elements.compactMap(\.intValue).filter { $0 >= 0 }
    return numbers.count == elements.count ? numbers : nil
  }

  /// Every byte behind the header belongs to exactly one tensor.
  private static func checkPlaces(
    _ tensors: [Tensor], dataBytes: Int, _ file: String
  ) throws(WeightsError) {
    var end = 0
    for (index, tensor) in tensors.enumerated() {
      guard tensor.bytes.upperBound <= dataBytes else {
        throw WeightsError(
          .corrupt, file: file, tensor: tensor.name,
          "it ends at byte \(tensor.bytes.upperBound) of the data, of which there are \(dataBytes)",
          advice: "the file is cut short; get it again")
      }
      guard tensor.bytes.lowerBound == end else {
        let before = index > 0 ? "\"\(tensors[index - 1].name)\"" : "the header"
        let relation = tensor.bytes.lowerBound < end ? "overlaps" : "leaves a gap behind"
        throw WeightsError(
          .corrupt, file: file, tensor: tensor.name,
          "it begins at byte \(tensor.bytes.lowerBound) of the data and \(relation) \(before), which "
            + "ends at \(end)")
      }
      end = tensor.bytes.upperBound
    }
    guard end == dataBytes else {
      throw WeightsError(
        .corrupt, file: file,
        "\(dataBytes - end) bytes behind the last tensor belong to none")
    }
  }
}
