/// Reads JSON as RFC 8259 defines it and nothing more: duplicate names, trailing commas, comments
/// and bytes that are not UTF-8 are errors with a place.
package struct JSONParser {
  /// How deep objects and lists may be nested, so that no input exhausts the stack.
  package static let depthLimit = 128

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var depth = 0
  // Places are asked for in rising order, so columns are counted on from the last one.
  private var line = 1
  private var column = 1
  private var located = 0

  private init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The value that `bytes` hold; `file` is the name that locations carry.
  package static func parse(_ bytes: [UInt8], file: String) -> Result<JSONValue, Diagnostic> {
    var parser = JSONParser(bytes, file: file)
    do throws(Diagnostic) {
      return .success(try parser.document())
    } catch {
      return .failure(error)
    }
  }

  private mutating func document() throws(Diagnostic) -> JSONValue {
    if let invalid = UTF8Check.firstInvalidByte(bytes) {
      throw problem("the file is not UTF-8 text: byte \(invalid)", at: invalid)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw problem("the file starts with a byte-order mark", at: 0, "save it as plain UTF-8")
    }
    skipSpaces()
    let value = try self.value()
    skipSpaces()
    guard position == bytes.count else {
      throw problem("expected the end of the file, found \(found())", at: position)
    }
    return value
  }

  private mutating func value() throws(Diagnostic) -> JSONValue {
    let start = location(at: position)
    guard let byte = current else { throw unexpected("a value") }
    switch byte {
    case UInt8(ascii: "{"): return JSONValue(.object(try members()), at: start)
    case UInt8(ascii: "["): return JSONValue(.array(try elements()), at: start)
    case UInt8(ascii: "\""): return JSONValue(.string(try string()), at: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONValue(try number(), at: start)
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return JSONValue(try word(), at: start)
    default: throw unexpected("a value")
    }
  }

  private mutating func members() throws(Diagnostic) -> [JSONValue.Member] {
    try enter()
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    while true {
      skipSpaces()
      if current == UInt8(ascii: "}"), members.isEmpty { break }
      let place = location(at: position)
      guard current == UInt8(ascii: "\"") else { throw unexpected("a name in double quotes") }
      let name = try string()
      guard names.insert(name).inserted else {
        throw Diagnostic(at: place, "the name \"\(name)\" occurs twice in one object")
      }
      skipSpaces()
      guard current == UInt8(ascii: ":") else { throw unexpected("\":\" after \"\(name)\"") }
      position += 1
      skipSpaces()
      members.append(.init(name, try value(), nameLocation: place))
      guard try comma(before: UInt8(ascii: "}")) else { break }
    }
    leave()
    return members
  }

  private mutating func elements() throws(Diagnostic) -> [JSONValue] {
    try enter()
    var elements: [JSONValue] = []
    while true {
      skipSpaces()
      if current == UInt8(ascii: "]"), elements.isEmpty { break }
      elements.append(try value())
      guard try comma(before: UInt8(ascii: "]")) else { break }
    }
    leave()
    return elements
  }

  /// Consumes a comma, or stops before the closing bracket.
  private mutating func comma(before closing: UInt8) throws(Diagnostic) -> Bool {
    skipSpaces()
    if current == closing { return false }
    let bracket = Character(Unicode.Scalar(closing))
    guard current == UInt8(ascii: ",") else { throw unexpected("\",\" or \"\(bracket)\"") }
    let place = position
    position += 1
    skipSpaces()
    if current == closing {
      throw problem("a comma before \"\(bracket)\"", at: place, "remove the comma")
    }
    return true
  }

  private mutating func word() throws(Diagnostic) -> JSONValue.Content {
    let start = position
    while let byte = current, byte.isLetterOrDigit { position += 1 }
    switch text(from: start) {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case let other:
      let advice = "a string needs double quotes; without them only true, false and null are words"
      throw problem("unknown word \(other)", at: start, advice)
    }
  }

  private mutating func number() throws(Diagnostic) -> JSONValue.Content {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let whole = try digits()
    if whole.count > 1, whole.first == UInt8(ascii: "0") {
      throw problem("a number must not start with 0", at: start)
    }
    if current == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    let mantissa = bytes[start..<position]
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      _ = try digits()
    }
    let text = text(from: start)
    let isZero = !mantissa.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    guard let value = Double(text), value.isFinite, (value == 0) == isZero else {
      throw problem("the number \(text) is too large or too small", at: start)
    }
    return .number(value, text: text)
  }

  private mutating func digits() throws(Diagnostic) -> ArraySlice<UInt8> {
    let start = position
    while let byte = current, byte.isDigit { position += 1 }
    guard position > start else { throw unexpected("a digit") }
    return bytes[start..<position]
  }

  private mutating func string() throws(Diagnostic) -> String {
    let opening = position
    position += 1
    var text: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += Array(String(try escape()).utf8)
      case 0..<0x20:
        let what = byte == 0x0A || byte == 0x0D ? "a line break" : "a control character"
        throw problem("\(what) in a string", at: position, "close the string, or write it as \\n")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw problem("a string without its closing quote", at: opening)
  }

  private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let byte = current else { throw unexpected("an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try codeUnit(start)
      if let scalar = Unicode.Scalar(first) { return scalar }
      if first < 0xDC00, bytes[position...].starts(with: Array("\\u".utf8)) {
        position += 2
        let second = try codeUnit(start)
        if (0xDC00..<0xE000).contains(second),
          let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        {
          return scalar
        }
      }
      throw problem("half of a surrogate pair", at: start)
    default: throw problem("unknown escape in a string", at: start, "a backslash is written \\\\")
    }
  }

  private mutating func codeUnit(_ start: Int) throws(Diagnostic) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    position = min(position + 4, bytes.count)
    guard digits.count == 4, digits.allSatisfy({ $0.isLetterOrDigit }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("\\u needs four hexadecimal digits", at: start) }
    return unit
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func text(from start: Int) -> String {
    String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipSpaces() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func enter() throws(Diagnostic) {
    depth += 1
    if depth > Self.depthLimit {
      throw problem("objects and lists are nested more than \(Self.depthLimit) deep", at: position)
    }
    position += 1
  }

  private mutating func leave() {
    depth -= 1
    position += 1
  }

  private mutating func location(at offset: Int) -> SourceLocation {
    if offset < located { (line, column, located) = (1, 1, 0) }
    while located < offset {
      let byte = bytes[located]
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      located += 1
    }
    return SourceLocation(file: file, line: line, column: column)
  }

  private mutating func problem(
    _ message: String, at offset: Int, _ advice: String? = nil
  ) -> Diagnostic {
    Diagnostic(at: location(at: offset), message, advice: advice)
  }

  private func found() -> String {
    guard position < bytes.count else { return "the end of the file" }
    let rest = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    return rest.unicodeScalars.first.map { "\"\($0)\"" } ?? "nothing"
  }

  private mutating func unexpected(_ expected: String) -> Diagnostic {
    let advice: String? =
      switch current {
      case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments; any object takes a \"note\""
      case UInt8(ascii: "'"): "strings stand in double quotes"
      default: nil
      }
    return problem("expected \(expected), found \(found())", at: position, advice)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isLetterOrDigit: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
