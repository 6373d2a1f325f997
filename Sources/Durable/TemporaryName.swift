import Canonical
import Glibc
import Synchronization

/// The name of a file that is being written: it tells who writes it, so that what a killed process
/// left behind can be told from what another one is writing now. Process numbers alone do not tell:
/// containers that share a folder, and even a host name, count their processes separately.
struct TemporaryName: Equatable {
  private static let suffix = ".partial"
  private static let separator: Character = "~"
  private static let serials = Atomic<Int>(0)
  /// A file of a process of which nothing is known is left alone for so long.
  private static let foreignSeconds = 24 * 3600
  /// Bytes of the target's name that are kept: names are limited to 255, and this part only helps a
  /// reader.
  private static let targetBytes = 48

  var target: String
  var host: String
  /// Digest of the machine, its boot and the process namespace: within it a process number and a
  /// start name one process.
  var place: String
  var process: Int
  var start: String
  /// Tells apart the files of one process, and those of processes about which the kernel says
  /// nothing.
  var serial: String

  /// A name that no other file has.
  init(target: String, owner: ProcessIdentity = .current) {
    self.target = Self.shortened(target)
    host = owner.host.replacing("~", with: "-").replacing("/", with: "-")
    place = owner.place
    process = owner.process
    start = owner.start
    let count = Self.serials.add(1, ordering: .relaxed).newValue
    serial = "\(HexText.of(UInt64.random(in: .min ... .max)))-\(count)"
  }

  private static func shortened(_ target: String) -> String {
    var kept = target.unicodeScalars[...]
    while kept.reduce(0, { $0 + UTF8.width($1) }) > targetBytes { kept.removeLast() }
    return String(kept)
  }

  /// Reads a name made by `text`; nil for any other.
  init?(_ name: String) {
    guard name.hasPrefix("."), name.hasSuffix(Self.suffix) else { return nil }
    let parts = name.dropFirst().dropLast(Self.suffix.count).split(
      separator: Self.separator, omittingEmptySubsequences: false
    ).map(String.init)
    let last = parts.count - 1
    guard parts.count >= 6, let process = Int(parts[last - 2]), process > 0 else { return nil }
    target = parts[0..<(last - 4)].joined(separator: String(Self.separator))
    host = parts[last - 4]
    place = parts[last - 3]
    self.process = process
    start = parts[last - 1]
    serial = parts[last]
  }

  var text: String {
    let parts = [target, host, place, String(process), start, serial]
    return ".\(parts.joined(separator: String(Self.separator)))\(Self.suffix)"
  }

  /// Whether a file of this name in `folder` is a temporary one that nobody can be writing any more.
  static func isAbandoned(_ name: String, in folder: String) -> Bool {
    let observer = ProcessIdentity.current
    if let new = TemporaryName(name) {
      if new.place == observer.place, observer.knowsItsPlace {
        return observer.sees(process: new.process, start: new.start) == .gone
      }
    } else if !isOlder(name) {
      return false
    }
    guard let identity = FileContents.identity(of: PathName.join(folder, name)) else {
      return false
    }
    return time(nil) - identity.modifiedSeconds > foreignSeconds
  }

  /// Whether an earlier version made the name: target, host, process number, serial number.
  private static func isOlder(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(suffix) else { return false }
    let parts = name.dropFirst().dropLast(suffix.count).split(
      separator: separator, omittingEmptySubsequences: false)
    return parts.count >= 4 && parts.suffix(2).allSatisfy { Int($0) != nil }
  }
}
