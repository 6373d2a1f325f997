import Glibc

/// What the kernel tells about a running process.
package struct ProcessActivity: Equatable, Sendable {
  /// The kernel's letter: `R` runs, `S` sleeps, `D` waits for a disk, `T` is stopped, `Z` has ended.
  package var state: Character
  /// Processor time that all its threads have taken, in the kernel's ticks.
  package var processorTicks: Int
  /// When it was started, in ticks since the boot: process numbers are used again.
  package var startTicks: String

  /// Looks at a process; nil if there is none, or where /proc shows other processes than ours.
  package init?(of process: pid_t) {
    self.init(fields: KernelFile.text("/proc/\(process)/stat"))
  }

  /// This process.
  package static var own: ProcessActivity? {
    ProcessActivity(fields: KernelFile.text("/proc/self/stat"))
  }

  /// Whether /proc counts processes as this one does: a new process namespace may still show the
  /// numbers of the one outside.
  package static let numbersAreOurs: Bool =
    KernelFile.text("/proc/self/stat").hasPrefix("\(getpid()) ")

  /// Reads a line of /proc/<process>/stat; its second field may hold spaces and parentheses.
  private init?(fields text: String) {
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let letter = fields[0].first, let user = Int(fields[11]),
      let system = Int(fields[12])
    else { return nil }
    state = letter
    processorTicks = user + system
    startTicks = String(fields[19])
  }
}
