import Canonical
import Testing

@testable import Model

@Suite struct LearningRateScheduleTests {
  private func schedule(_ text: String) throws -> LearningRateSchedule {
    let (read, problems) = try reading(text) { LearningRateSchedule(reading: $0) }
    #expect(problems == [])
    return read
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * abs(b) }

  @Test(
    arguments: [
      (0, 0.01), (1000, 0.009310124446222227), (5000, 0.007377879464668811),
      (9999, 0.005946258561103331),
    ])
  func `Caffe's inv`(update: Int, rate: Double) throws {
    let schedule = try schedule(
      #"{"schedule": "inv", "base": 0.01, "gamma": 1e-4, "power": 0.75}"#)
    #expect(isClose(schedule.rate(update: update, updatesPerEpoch: 7), rate))
  }

  @Test(arguments: [(0, 0.05), (29, 0.05), (30, 0.025), (150, 0.0015625), (299, 9.765625e-05)])
  func `halved every 30 epochs`(epoch: Int, rate: Double) throws {
    let schedule = try schedule(
      #"{"schedule": "epochStep", "base": 0.05, "factor": 0.5, "every": 30}"#)
    #expect(isClose(schedule.rate(update: epoch * 391, updatesPerEpoch: 391), rate))
    #expect(isClose(schedule.rate(update: epoch * 391 + 390, updatesPerEpoch: 391), rate))
  }

  @Test func `cosine over all updates`() throws {
    let schedule = try schedule(#"{"schedule": "cosine", "base": 0.1, "epochs": 200}"#)
    func rate(_ update: Int) -> Double { schedule.rate(update: update, updatesPerEpoch: 390) }
    #expect(isClose(rate(100 * 390 + 1), 0.04999798615855594))
    #expect(rate(0) == 0.1)
    #expect(abs(rate(200 * 390)) < 1e-15)
  }

  @Test func `a constant schedule, which is the usual one, is the same at every update`() throws {
    for text in [#"{"base": 0.3}"#, #"{"schedule": "constant", "base": 0.3}"#] {
      #expect(try schedule(text).rate(update: 999, updatesPerEpoch: 10) == 0.3)
    }
  }

  @Test func `Caffe's step counts updates`() throws {
    let schedule = try schedule(
      #"{"schedule": "step", "base": 1, "factor": 0.1, "every": 100}"#)
    #expect(schedule.rate(update: 99, updatesPerEpoch: 5) == 1)
    #expect(isClose(schedule.rate(update: 100, updatesPerEpoch: 5), 0.1))
    #expect(isClose(schedule.rate(update: 250, updatesPerEpoch: 5), 0.01))
  }

  @Test func `milestones act from the first update of their epoch`() throws {
    let schedule = try schedule(
      #"{"schedule": "milestones", "base": 0.1, "factor": 0.2, "epochs": [60, 120]}"#)
    #expect(schedule.rate(update: 599, updatesPerEpoch: 10) == 0.1)
    #expect(isClose(schedule.rate(update: 600, updatesPerEpoch: 10), 0.02))
    #expect(isClose(schedule.rate(update: 1200, updatesPerEpoch: 10), 0.004))
  }

  @Test func `inverse of the epoch, not compounded`() throws {
    let schedule = try schedule(
      #"{"schedule": "inverseEpoch", "base": 0.5, "decay": 0.001}"#)
    #expect(schedule.rate(update: 9, updatesPerEpoch: 10) == 0.5)
    #expect(isClose(schedule.rate(update: 10_000, updatesPerEpoch: 10), 0.25))
  }

  @Test(arguments: [
    #"{"base": 0.1}"#, #"{"schedule": "inv", "base": 0.01, "gamma": 1e-4, "power": 0.75}"#,
    #"{"schedule": "step", "base": 1, "factor": 0.1, "every": 100}"#,
    #"{"schedule": "milestones", "base": 0.1, "factor": 0.2, "epochs": [60, 120]}"#,
    #"{"schedule": "epochStep", "base": 0.05, "factor": 0.5, "every": 30}"#,
    #"{"schedule": "cosine", "base": 0.1, "epochs": 200}"#,
    #"{"schedule": "inverseEpoch", "base": 0.5, "decay": 0.001}"#,
  ])
  func `what is read is written with every key, and read again`(text: String) throws {
    let read = try schedule(text)
    #expect(try schedule(read.json.canonicalText) == read)
    let written = try JSONParser.parse(Array(text.utf8), file: "text").get()
    for member in written.members ?? [] {
      #expect(read.json[member.name]?.canonicalText == member.value.canonicalText)
    }
  }

  @Test(arguments: [
    #"{"schedule": "invv", "base": 0.1}"#, #"{"schedule": "inv", "base": 0.1, "gamma": 1}"#,
    #"{}"#, #"{"base": -1}"#, #"{"base": "fast"}"#, #"{"base": 0.1, "gamma": 1}"#,
    #"{"schedule": "milestones", "base": 1, "factor": 0.1, "epochs": [2, 1]}"#,
    #"{"schedule": "milestones", "base": 1, "factor": 0.1, "epochs": []}"#,
    #"{"schedule": "milestones", "base": 1, "factor": 0.1, "epochs": 3}"#,
    #"{"schedule": "step", "base": 1, "factor": 0.1, "every": 0}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try reading(text) { LearningRateSchedule(reading: $0) }.problems.count == 1)
  }
}
