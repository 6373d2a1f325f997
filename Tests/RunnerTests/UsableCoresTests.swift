import Testing

@testable import Runner

@Suite struct UsableCoresTests {
  @Test(arguments: [
    ("Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2),
    ("Cpus_allowed:\tffffffff,0000000f\n", 36), ("Cpus_allowed:\t0\n", nil), ("", nil),
  ])
  func `affinity is a bit mask`(status: String, cores: Int?) {
    #expect(UsableCores.allowedCores(processStatus: status) == cores)
  }

  @Test(arguments: [
    ("max 100000\n", nil), ("200000 100000\n", 2), ("150000 100000", 2), ("5000 100000", 1),
    ("-1\n 100000\n", nil), ("", nil), ("0 0", nil),
  ])
  func `a quota is rounded up to whole cores`(text: String, cores: Int?) {
    #expect(UsableCores.cores(quotaAndPeriod: text) == cores)
  }

  @Test func `there is always a core`() { #expect(UsableCores.count >= 1) }
}
