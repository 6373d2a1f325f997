import Canonical
import Glibc
import System

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
    host: thisHost, process: Int(getpid()), start: ProcessActivity.own?.startTicks ?? unknown,
    machine: firstWord(of: "/etc/machine-id"),
    boot: firstWord(of: "/proc/sys/kernel/random/boot_id"), namespace: processNamespace)

  /// The machine's name in the network.
  static let thisHost: String = {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return word(String(decoding: bytes.prefix(64), as: UTF8.self))
  }()

  /// `node7 4711`.
  package var name: String { "\(host) \(process)" }

  /// The facts in a line.
  package var text: String {
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
    return observer.sees(process: process, start: start) == .gone
  }

  /// A digest of all but host, process and start.
  var place: String {
    String(SHA256.hex(Array("\(machine) \(boot) \(namespace)".utf8)).prefix(16))
  }

  /// Whether `place` tells this process's place from all others.
  var knowsItsPlace: Bool { boot != Self.unknown && namespace != Self.unknown }

  /// What can be known of another process.
  enum Sight { case gone, notKnownToBeGone }

  /// Looks for a process of the same place.
  func sees(process: Int, start: String) -> Sight {
    if kill(pid_t(truncatingIfNeeded: process), 0) != 0, errno == ESRCH { return .gone }
    guard start != Self.unknown, ProcessActivity.numbersAreOurs,
      let activity = ProcessActivity(of: pid_t(truncatingIfNeeded: process))
    else { return .notKnownToBeGone }
    return activity.startTicks == start ? .notKnownToBeGone : .gone
  }

  private static let unknown = "-"

  private static func word(_ text: String) -> String {
    let safe = text.filter { !$0.isWhitespace }
    return safe.isEmpty ? unknown : safe
  }

  private static func firstWord(of path: String) -> String {
    word(String(KernelFile.text(path).prefix { !$0.isWhitespace }))
  }

  private static var processNamespace: String {
    var buffer = [CChar](repeating: 0, count: 128)
    let length = readlink("/proc/self/ns/pid", &buffer, buffer.count)
    guard length > 0 else { return unknown }
    return word(
      String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
