import Glibc
import Testing

@testable import System

@Suite struct KernelFileTests {
  private let text = "Name:\tswift\nVmHWM:\t   2048 kB \nCpus:\n"

  @Test func `values are found by their names`() {
    #expect(KernelFile.value(of: "Name", in: text) == "swift")
    #expect(KernelFile.number(of: "VmHWM", in: text) == 2048)
    #expect(KernelFile.value(of: "Cpus", in: text) == "")
    #expect(KernelFile.number(of: "Vm", in: text) == nil)
  }

  @Test func `a file that is not there is empty`() {
    #expect(KernelFile.text("/proc/none") == "")
    #expect(!KernelFile.text("/proc/self/status").isEmpty)
  }

  @Test func `the own process is seen under its number`() throws {
    let own = try #require(ProcessActivity.own)
    if ProcessActivity.numbersAreOurs {
      #expect(ProcessActivity(of: getpid())?.startTicks == own.startTicks)
    }
    #expect(ProcessActivity(of: 0) == nil)
  }

  @Test func `a thread runs its work and is waited for`() throws {
    nonisolated(unsafe) var sum = 0
    let thread = try #require(SystemThread { for number in 1...100 { sum += number } })
    thread.join()
    thread.join()
    #expect(sum == 5050)
  }
}
