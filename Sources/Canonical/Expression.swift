/// Arithmetic in configs: `"1/256"`, `"0.3/sqrt(n)"`.
package enum Expression {
  /// How deep parentheses and signs may be nested, so that no input exhausts the stack.
  package static let depthLimit = 64

  /// Why a text is not an expression.
  package struct Problem: Error, Equatable, Sendable {
    /// One sentence without a full stop.
    package var message: String
  }

  /// The value of `text` with `+ - * / ( )`, `sqrt`, numbers and the given variables.
  package static func evaluate(
    _ text: String, variables: [String: Double] = [:]
  ) -> Result<Double, Problem> {
    var parser = Parser(text: Array(text.unicodeScalars), variables: variables)
    do throws(Problem) {
      let value = try parser.sum()
      parser.skipSpaces()
      guard parser.position == parser.text.count else {
        throw parser.unexpected()
      }
      guard value.isFinite else { throw Problem(message: "\"\(text)\" has no finite value") }
      return .success(value)
    } catch {
      return .failure(error)
    }
  }

  private struct Parser {
    let text: [Unicode.Scalar]
    let variables: [String: Double]
    var position = 0
    var depth = 0

    var whole: String { String(String.UnicodeScalarView(text)) }

    func unexpected() -> Problem {
      position < text.count
        ? Problem(message: "unexpected \"\(text[position])\" in the expression \"\(whole)\"")
        : Problem(message: "the expression \"\(whole)\" ends too early")
    }

    mutating func skipSpaces() {
      while position < text.count, text[position] == " " { position += 1 }
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      skipSpaces()
      guard position < text.count, text[position] == scalar else { return false }
      position += 1
      return true
    }

    mutating func sum() throws(Problem) -> Double {
      var value = try product()
      while true {
        if take("+") {
          value += try product()
        } else if take("-") {
          value -= try product()
        } else {
          return value
        }
      }
    }

    mutating func product() throws(Problem) -> Double {
      var value = try factor()
      while true {
        if take("*") {
          value *= try factor()
        } else if take("/") {
          value /= try factor()
        } else {
          return value
        }
      }
    }

    mutating func factor() throws(Problem) -> Double {
      guard depth < depthLimit else {
        throw Problem(message: "an expression is nested more than \(depthLimit) deep")
      }
      depth += 1
      defer { depth -= 1 }
      if take("-") { return -(try factor()) }
      if take("(") {
        let value = try sum()
        guard take(")") else { throw unexpected() }
        return value
      }
      skipSpaces()
      if position < text.count, text[position].properties.isAlphabetic { return try name() }
      return try number()
    }

    mutating func name() throws(Problem) -> Double {
      let start = position
      while position < text.count, text[position].properties.isAlphabetic { position += 1 }
      let name = String(String.UnicodeScalarView(text[start..<position]))
      if name == "sqrt" {
        guard take("(") else { throw unexpected() }
        let value = try sum()
        guard take(")") else { throw unexpected() }
        return value.squareRoot()
      }
      if let value = variables[name] { return value }
      let known = (variables.keys.sorted() + ["sqrt(…)"]).joined(separator: ", ")
      throw Problem(message: "unknown name \"\(name)\" in \"\(whole)\" (known: \(known))")
    }

    mutating func number() throws(Problem) -> Double {
      let start = position
      while position < text.count {
        let scalar = text[position]
        let isSign = scalar == "+" || scalar == "-"
        let afterExponent =
          position > start && (text[position - 1] == "e" || text[position - 1] == "E")
        let isDigit = ("0"..."9").contains(scalar)
        guard
          isDigit || scalar == "." || scalar == "e" || scalar == "E" || (isSign && afterExponent)
        else { break }
        position += 1
      }
      let digits = String(String.UnicodeScalarView(text[start..<position]))
      guard let value = Double(digits) else {
        position = start
        throw unexpected()
      }
      return value
    }
  }
}
