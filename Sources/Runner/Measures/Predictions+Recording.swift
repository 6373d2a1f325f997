import Study

extension Predictions: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double { 0 }

  /// The task's own series is what is asked for.
  func recorder(of run: MeasuredRun) -> any MeasurementRecorder {
    FinalWeightsRecorder { FinalMeasurement() }
  }
}
