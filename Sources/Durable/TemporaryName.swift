import Glibc

/// The name of a file that is being written: it tells who writes it, so that what a killed process
/// left behind can be told from what another one is writing now.
struct TemporaryName: Equatable {
  private static let suffix = ".partial"

  var target: String
  var host: String
  var process: pid_t
  var serial: Int

  init(target: String, process: pid_t, serial: Int) {
    // Names are limited to 255 bytes; the target's part is only for people.
    self.target = String(target.prefix(48))
    host = Self.thisHost
    self.process = process
    self.serial = serial
  }

  /// Reads a name made by `text`; nil for any other.
  init?(_ name: String) {
    guard name.hasPrefix("."), name.hasSuffix(Self.suffix) else { return nil }
    let parts = name.dropFirst().dropLast(Self.suffix.count).split(
      separator: "~", omittingEmptySubsequences: false)
    guard parts.count >= 4, let process = pid_t(parts[parts.count - 2]), process > 0,
      let serial = Int(parts[parts.count - 1])
    else { return nil }
    target = parts[0..<(parts.count - 3)].joined(separator: "~")
    host = String(parts[parts.count - 3])
    self.process = process
    self.serial = serial
  }

  var text: String { ".\(target)~\(host)~\(process)~\(serial)\(Self.suffix)" }

  /// Whether nobody can be writing the file any more.
  func isAbandoned(in folder: String) -> Bool {
    if host == Self.thisHost, process != getpid(), kill(process, 0) != 0, errno == ESRCH {
      return true
    }
    guard let identity = FileContents.identity(of: PathName.join(folder, text)) else {
      return false
    }
    return time(nil) - identity.modifiedSeconds > 24 * 3600
  }

  static let thisHost: String = {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes.filter { $0 != 0x7E && $0 != 0x2F }.prefix(64), as: UTF8.self)
  }()
}
