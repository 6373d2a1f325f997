import Testing

@testable import Runner

@Suite struct TrainingCourseTests {
  /// 150 images in batches of 16: ten updates an epoch.
  private func course(
    _ length: String = #""epochs": 4"#, evaluation: String = #"{"everyEpochs": 1}"#
  ) throws -> TrainingCourse {
    let spec = try CellExample.spec(
      regularizers: "[]", length: length, evaluation: evaluation)
    return TrainingCourse(try #require(spec.setup), images: 150)
  }

  @Test func `epochs are counted in updates`() throws {
    let course = try course()
    #expect(course.totalUpdates == 40 && course.updatesPerEpoch == 10)
    #expect(course.imagesPerUpdate == 16)
    #expect([0, 9, 10, 39].map { course.moment(of: $0).epoch } == [0, 0, 1, 3])
    #expect(course.moment(of: 0).epochs == 4)
  }

  @Test func `a training can end within an epoch`() throws {
    let course = try course(#""iterations": 25, "lastBatch": "keep""#)
    #expect(course.totalUpdates == 25 && course.moment(of: 24).epoch == 2)
    #expect(course.moment(of: 24).epochs == 2.5)
    #expect((0...25).filter(course.evaluationIsDue) == [10, 20, 25])
  }

  @Test(arguments: [
    (#"{"every": 15}"#, [15, 30, 40], 15), (#"{"everyEpochs": 2}"#, [20, 40], 20),
    ("{}", [40], 40),
  ])
  func `the end is evaluated and the beginning is not`(
    evaluation: String, due: [Int], interval: Int
  ) throws {
    let course = try course(evaluation: evaluation)
    #expect((0...40).filter(course.evaluationIsDue) == due)
    #expect(course.evaluationInterval == interval)
  }

  @Test func `the rate follows the schedule`() throws {
    let spec = try CellExample.spec(
      reading: """
        {"seed": 1, "trial": 1, "trainSize": 150,
         "dataset": {"name": "mnist-5k", "validation": 50},
         "network": {"name": "mlp", "hidden": [8]},
         "training": {"batch": 16, "epochs": 4, "optimizer": {"name": "sgd"},
          "learningRate": {"schedule": "milestones", "base": 0.5, "factor": 0.1, "epochs": [1, 3]}}}
        """)
    let course = TrainingCourse(try #require(spec.setup), images: 150)
    let rates = [0, 9, 10, 29, 30].map(course.learningRate)
    for (rate, expected) in zip(rates, [0.5, 0.5, 0.05, 0.05, 0.005]) {
      #expect(abs(rate - expected) < 1e-12)
    }
  }
}
