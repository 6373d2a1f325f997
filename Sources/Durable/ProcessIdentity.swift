import Glibc

/// Which process of which machine: enough for another one on the same file system to tell, in the
/// cases where it can know, that the process is gone.
package struct ProcessIdentity: Equatable, Sendable {
  /// The machine's name, for people.
  package var host: String
  /// The process's number.
  package var process: Int
  /// When the process was started, in the kernel's ticks: numbers are used again.
  package var start: String
  /// The machine's installation; `-` where it has no id.
  package var machine: String
  /// The machine's present boot; `-` where the kernel does not say.
  package var boot: String
  /// The group of processes within which the number counts: containers have their own.
  package var namespace: String

  /// Joins the facts.
  package init(
    host: String, process: Int, start: String, machine: String, boot: String, namespace: String
  ) {
    self.host = host
    self.process = process
    self.start = start
    self.machine = machine
    self.boot = boot
    self.namespace = namespace
  }

  /// This process.
  package static let current = ProcessIdentity(
    host: word(TemporaryName.thisHost), process: Int(getpid()),
    start: startTicks(of: Int(getpid())) ?? unknown, machine: firstWord(of: "/etc/machine-id"),
    boot: firstWord(of: "/proc/sys/kernel/random/boot_id"), namespace: processNamespace)

  /// `node7 4711`.
  package var name: String { "\(host) \(process)" }

  /// The facts in a line.
  var text: String {
    [host, String(process), start, machine, boot, namespace].joined(separator: " ")
  }

  /// Reads what `text` gave; nil for anything else.
  init?(_ words: some Collection<Substring>) {
    let words = words.map(String.init)
    guard words.count == 6, let process = Int(words[1]) else { return nil }
    self.init(
      host: words[0], process: process, start: words[2], machine: words[3], boot: words[4],
      namespace: words[5])
  }

  /// Whether the process has certainly ended, as seen from `observer`: its machine has been booted
  /// again since, or both can see each other and there is no such process.
  func isGone(seenFrom observer: ProcessIdentity) -> Bool {
    guard boot != Self.unknown, observer.boot != Self.unknown else { return false }
    if boot != observer.boot {
      return machine == observer.machine && machine != Self.unknown && host == observer.host
    }
    guard namespace == observer.namespace, namespace != Self.unknown else { return false }
    if kill(pid_t(process), 0) != 0, errno == ESRCH { return true }
    guard start != Self.unknown, let now = Self.startTicks(of: process) else { return false }
    return now != start
  }

  private static let unknown = "-"

  private static func word(_ text: String) -> String {
    let safe = text.filter { !$0.isWhitespace }
    return safe.isEmpty ? unknown : safe
  }

  private static func firstWord(of path: String) -> String {
    let bytes = (try? FileContents.read(path)) ?? []
    let line = bytes.prefix { $0 > 0x20 }
    return line.isEmpty ? unknown : String(decoding: line, as: UTF8.self)
  }

  /// The 22nd field of /proc/<process>/stat; the second may hold spaces and parentheses.
  private static func startTicks(of process: Int) -> String? {
    guard let bytes = try? FileContents.read("/proc/\(process)/stat"),
      let end = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let fields = bytes[(end + 1)...].split(separator: 0x20)
    return fields.count > 19 ? String(decoding: fields[19], as: UTF8.self) : nil
  }

  private static var processNamespace: String {
    var buffer = [CChar](repeating: 0, count: 128)
    let length = readlink("/proc/self/ns/pid", &buffer, buffer.count)
    guard length > 0 else { return unknown }
    return word(
      String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
