import System

/// How much memory new processes may still take.
enum FreeMemory {
  /// Megabytes: what the kernel counts as available, capped by the limit of the control group; nil
  /// where neither is known.
  static var megabytes: Int? {
    let available = KernelFile.number(of: "MemAvailable", in: KernelFile.text("/proc/meminfo"))
    let machine = available.map { $0 * 1024 / 1_000_000 }
    return [machine, groupMegabytes].compactMap { $0 }.min()
  }

  /// Megabytes of the machine, or of the control group where that is less; nil where neither is known.
  static var totalMegabytes: Int? {
    let machine = KernelFile.number(of: "MemTotal", in: KernelFile.text("/proc/meminfo"))
    return [machine.map { $0 * 1024 / 1_000_000 }, groupLimit.map { $0 / 1_000_000 }]
      .compactMap { $0 }.min()
  }

  /// What the control group of this process leaves, in its second version: limit minus use.
  private static var groupMegabytes: Int? {
    guard let limit = groupLimit, let folder = groupFolder,
      let used = number(folder + "/memory.current")
    else { return nil }
    return max(0, limit - used) / 1_000_000
  }

  /// Bytes that the control group may take at most; nil without a limit.
  private static var groupLimit: Int? { groupFolder.flatMap { number($0 + "/memory.max") } }

  private static var groupFolder: String? {
    let lines = KernelFile.text("/proc/self/cgroup").split(separator: "\n")
    return lines.first { $0.hasPrefix("0::") }.map { "/sys/fs/cgroup" + $0.dropFirst(3) }
  }

  private static func number(_ path: String) -> Int? {
    Int(KernelFile.text(path).prefix { $0 != "\n" })
  }
}
