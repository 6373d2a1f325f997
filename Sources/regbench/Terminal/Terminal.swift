#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What standard error can show. Decided here and nowhere else.
struct Terminal {
  /// Whether lines can be drawn over.
  var redraws: Bool
  /// Whether colours are wanted.
  var hasColor: Bool

  /// Looks at standard error and the environment: `TERM=dumb` forbids drawing, `NO_COLOR` colours.
  static var standardError: Terminal {
    let term = environment("TERM")
    let redraws = isatty(STDERR_FILENO) == 1 && term != nil && term != "dumb"
    return Terminal(redraws: redraws, hasColor: redraws && (environment("NO_COLOR") ?? "").isEmpty)
  }

  /// Columns of the terminal now; it may have been resized since the last time.
  var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// A colour of the terminal's own palette.
  enum Color: Int {
    case red = 31
    case green = 32
    case faint = 2
  }

  /// The text in a colour, or as it is where colours are not wanted.
  func colored(_ text: String, _ color: Color) -> String {
    hasColor ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
