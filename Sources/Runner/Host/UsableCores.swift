import Glibc
import System

/// How many cores this process may keep busy.
enum UsableCores {
  /// At least 1: the cores that affinity leaves, capped by the quota of the control group.
  static let count: Int = {
    var cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    if let allowed = allowedCores(processStatus: KernelFile.text("/proc/self/status")) {
      cores = min(cores, allowed)
    }
    if let quota = quota() { cores = min(cores, quota) }
    return max(1, cores)
  }()

  /// The number of bits in the line `Cpus_allowed:` of /proc/self/status.
  static func allowedCores(processStatus: String) -> Int? {
    let digits = KernelFile.value(of: "Cpus_allowed", in: processStatus) ?? ""
    let bits = digits.compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
    return bits > 0 ? bits : nil
  }

  /// The smallest quota on the way from this process's control group up to the root.
  private static func quota() -> Int? {
    var quotas: [Int] = []
    for line in KernelFile.text("/proc/self/cgroup").split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isSecondVersion = fields[1].isEmpty
      guard isSecondVersion || fields[1].split(separator: ",").contains("cpu") else { continue }
      var group = String(fields[2])
      while true {
        let folder = "/sys/fs/cgroup" + (isSecondVersion ? "" : "/cpu") + group
        let limit =
          isSecondVersion
          ? KernelFile.text(folder + "/cpu.max")
          : KernelFile.text(folder + "/cpu.cfs_quota_us") + " "
            + KernelFile.text(folder + "/cpu.cfs_period_us")
        if let cores = cores(quotaAndPeriod: limit) { quotas.append(cores) }
        guard let slash = group.lastIndex(of: "/"), group != "/" else { break }
        group = String(group[..<slash])
      }
    }
    return quotas.min()
  }

  /// Whole cores in a quota, rounded up; nil where there is no limit (`max`, −1).
  static func cores(quotaAndPeriod text: String) -> Int? {
    let numbers = text.split(whereSeparator: \.isWhitespace).map { Int($0) }
    guard numbers.count >= 2, let quota = numbers[0], let period = numbers[1], quota > 0, period > 0
    else { return nil }
    return max(1, (quota + period - 1) / period)
  }
}
