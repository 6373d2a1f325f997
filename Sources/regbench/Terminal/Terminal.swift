import Glibc

/// What one of the standard streams can show. Decided here and nowhere else.
struct Terminal {
  /// Whether lines can be drawn over.
  var redraws: Bool
  /// Whether colours are wanted.
  var hasColor: Bool

  /// Looks at standard error and the environment.
  static var standardError: Terminal { Terminal(STDERR_FILENO) }

  /// Looks at standard output and the environment.
  static var standardOutput: Terminal { Terminal(STDOUT_FILENO) }

  init(redraws: Bool, hasColor: Bool) {
    self.redraws = redraws
    self.hasColor = hasColor
  }

  /// `TERM=dumb` forbids drawing. `NO_COLOR` and `CLICOLOR=0` forbid colours, and `CLICOLOR_FORCE=1`
  /// asks for them where no terminal is.
  private init(_ descriptor: Int32) {
    let term = Self.environment("TERM")
    redraws = isatty(descriptor) == 1 && term != nil && term != "dumb"
    let isForced = !["", "0"].contains(Self.environment("CLICOLOR_FORCE") ?? "")
    let isForbidden = !(Self.environment("NO_COLOR") ?? "").isEmpty
    let isUnwanted = Self.environment("CLICOLOR") == "0"
    hasColor = !isForbidden && (isForced || redraws && !isUnwanted)
  }

  /// Columns of the terminal at standard error now; it may have been resized since the last time.
  var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Columns of the terminal at standard output; nil where that is none, and lines may be as long as they
  /// are.
  static var outputColumns: Int? {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : nil
  }

  /// How wide tables of results are: no wider than they can be read, nor than the terminal.
  static var tableColumns: Int { min(80, outputColumns ?? 80) }

  /// A colour of the terminal's own palette.
  enum Color: Int {
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
  }

  /// The text in a colour, or as it is where colours are not wanted.
  func colored(_ text: String, _ color: Color) -> String {
    hasColor ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
