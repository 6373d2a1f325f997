import Engine
import Study

extension PruningLosses {
  /// One curve for each parameter: the relative accuracy loss on the test images.
  func series(_ parameters: [Parameter], of task: any ClassifyingTask) -> Series {
    let feed = task.feed
    let points = parameters.flatMap { parameter in
      PruningCurve(of: parameter) {
        100 - task.percentWrong(feed.dataset.test, feed.test)
      }.points.map {
        SeriesPoint(curve: parameter.spec.name, x: $0.fraction, y: $0.relativeLoss)
      }
    }
    return Series(name: Self.name, points: points)
  }
}
