import Glibc
import System

/// What the records say about the machine.
package struct HostFacts: Equatable, Sendable {
  /// The machine's name in the network.
  package var name: String
  /// The CPU as its maker calls it.
  package var cpu: String
  /// Cores that may be used.
  package var cores: Int
  /// Main memory in megabytes.
  package var memoryMegabytes: Int
  /// Kernel and its version.
  package var system: String

  /// This machine.
  package static var current: HostFacts {
    var names = utsname()
    uname(&names)
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    return HostFacts(
      name: text(&names.nodename), cpu: cpuName(), cores: UsableCores.count,
      memoryMegabytes: pages * pageSize / 1_000_000,
      system: "\(text(&names.sysname)) \(text(&names.release))")
  }

  private static func cpuName() -> String {
    let text = KernelFile.text("/proc/cpuinfo")
    return KernelFile.value(of: "model name\t", in: text).map(String.init) ?? "unknown"
  }

  private static func text<Tuple>(_ field: inout Tuple) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
