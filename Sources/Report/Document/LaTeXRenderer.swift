import Canonical

/// Tables for a paper: one `tabular` each, with the rules of booktabs.
package enum LaTeXRenderer {
  /// The tables; what was reduced and what a reader must know stands in comments.
  package static func text(_ table: ResultTable) -> String {
    let warnings = ([table.reduction].compactMap { $0 } + table.remarks).map { "% \($0.oneLine)\n" }
    return warnings.joined() + "% Needs \\usepackage{booktabs}.\n"
      + table.sections.map { LaTeXTable($0, of: table).text }.joined(separator: "\n")
  }

  /// One line of a `tabular`; cells that `isBest` names are set in bold.
  static func line(_ cells: [String], isBest: Set<Int> = []) -> String {
    let texts = cells.enumerated().map { index, cell in
      let text = escaped(cell)
      if isBest.contains(index) { return "\\textbf{\(text)}" }
      // Behind the end of a row a bracket would be a length and a star a wish not to break the page.
      return text.hasPrefix("[") || text.hasPrefix("*") ? "{}" + text : text
    }
    return texts.joined(separator: " & ") + " \\\\"
  }

  /// The text as it was typed. Characters that the fonts of LaTeX have not are shown by their codes.
  static func escaped(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar?
    for scalar in text.oneLine.unicodeScalars {
      // Two of these would become one character.
      if let last = previous, ligatures.contains("\(last)\(scalar)") { result += "{}" }
      result += command(scalar)
      previous = scalar
    }
    return result
  }

  private static let ligatures: Set<String> = ["--", "''", "``", ",,", "?`", "!`"]

  private static func command(_ scalar: Unicode.Scalar) -> String {
    if let command = commands[scalar] { return command }
    if scalar.isASCII || letters.contains(scalar) { return String(scalar) }
    return "\\textless{}\(scalar.code)\\textgreater{}"
  }

  /// Letters that every encoding of LaTeX's fonts has or puts together.
  private static let letters = Set(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßĆćČčĎďĚěŁłŃńŇňŐőŒœŘřŚśŞşŠšŤťŮůŰűŸŹźŻżŽž"
      .unicodeScalars)

  private static let commands: [Unicode.Scalar: String] = {
    var commands: [Unicode.Scalar: String] = [
      "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{", "}": "\\}",
      "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
      "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "`": "\\`{}",
      "–": "--", "—": "---", "…": "\\ldots{}", "\u{A0}": "~", "“": "``", "”": "''", "‘": "`",
      "’": "'", "§": "\\S{}", "©": "\\copyright{}",
    ]
    for (scalar, name) in mathematics { commands[scalar] = "$\(name)$" }
    return commands
  }()

  private static let mathematics: [Unicode.Scalar: String] = [
    "±": "\\pm", "√": "\\surd", "×": "\\times", "·": "\\cdot", "−": "-", "÷": "\\div",
    "≤": "\\leq", "≥": "\\geq", "≠": "\\neq", "≈": "\\approx", "∞": "\\infty", "∂": "\\partial",
    "→": "\\rightarrow", "←": "\\leftarrow", "∈": "\\in", "°": "^\\circ", "¬": "\\neg",
    "⁰": "^0", "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5", "⁶": "^6", "⁷": "^7",
    "⁸": "^8", "⁹": "^9", "⁻": "^-", "₀": "_0", "₁": "_1", "₂": "_2", "₃": "_3", "₄": "_4",
    "₅": "_5", "₆": "_6", "₇": "_7", "₈": "_8", "₉": "_9",
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon",
    "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "ι": "\\iota", "κ": "\\kappa",
    "λ": "\\lambda", "μ": "\\mu", "µ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "ο": "o", "π": "\\pi",
    "ρ": "\\rho", "σ": "\\sigma", "τ": "\\tau", "υ": "\\upsilon", "φ": "\\varphi",
    "χ": "\\chi", "ψ": "\\psi", "ω": "\\omega", "Γ": "\\Gamma", "Δ": "\\Delta",
    "Θ": "\\Theta", "Λ": "\\Lambda", "Ξ": "\\Xi", "Π": "\\Pi", "Σ": "\\Sigma",
    "Φ": "\\Phi", "Ψ": "\\Psi", "Ω": "\\Omega", "ℓ": "\\ell", "∑": "\\sum",
  ]
}
