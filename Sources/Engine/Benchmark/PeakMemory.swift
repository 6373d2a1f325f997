import System

extension NetworkBenchmark {
  /// The largest resident set of this process so far, in 10⁶ bytes; 0 if the system does not say.
  package static func peakMegabytes() -> Double {
    // getrusage would also count what the process was before it became this program.
    let kilobytes = KernelFile.number(of: "VmHWM", in: KernelFile.text("/proc/self/status"))
    return Double(kilobytes ?? 0) * 1024 / 1e6
  }
}
