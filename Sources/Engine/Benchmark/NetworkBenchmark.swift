import Model
import System

/// Measures how fast a network trains and predicts on random images in memory.
package struct NetworkBenchmark {
  /// What a benchmark found; rates are medians over its windows.
  package struct Figures: Sendable {
    /// Images trained per second: forward, loss, backward, update; of a GAN, steps times batch.
    package let trainImagesPerSecond: Double
    /// Images predicted, or made by a GAN, per second, without noise.
    package let inferenceImagesPerSecond: Double
    /// Nominal 10⁹ floating-point operations per second in training.
    package let gflops: Double
    /// The process's largest resident memory so far, in 10⁶ bytes; 0 if the system does not say.
    package let peakMegabytes: Double
    /// Where the time of a training step goes, if asked for.
    package let layerTimes: LayerTimes?
  }

  /// What is trained.
  package var subject: BenchmarkSubject
  /// Images per step.
  package var batch: Int
  /// Threads of the pool.
  package var threads: Int
  /// How long a window is.
  package var window: MeasuringWindow
  /// How many windows there are, of which the median counts.
  package var windows: Int
  /// How convolutions are computed.
  package var convolution: ConvolutionAlgorithm
  /// Whether the time of each layer is measured too, afterwards and on its own.
  package var timesLayers: Bool

  package init(
    subject: BenchmarkSubject, batch: Int, threads: Int, window: MeasuringWindow, windows: Int,
    convolution: ConvolutionAlgorithm, timesLayers: Bool
  ) {
    self.subject = subject
    self.batch = batch
    self.threads = threads
    self.window = window
    self.windows = windows
    self.convolution = convolution
    self.timesLayers = timesLayers
  }

  /// Runs it.
  /// - Throws: `EngineError` where a network does not compile.
  package func run() throws(EngineError) -> Figures {
    let pool = ThreadPool(threads: threads)
    let setting = BenchmarkSubject.Setting(batch: batch, pool: pool, convolution: convolution)
    let (training, inference) = try rates(setting)
    let peak = Self.peakMegabytes()
    let multiplyAdds = (try? subject.trainingMultiplyAdds()) ?? 0
    return Figures(
      trainImagesPerSecond: training, inferenceImagesPerSecond: inference,
      gflops: training * Double(multiplyAdds) * 2e-9, peakMegabytes: peak,
      layerTimes: timesLayers ? try layerTimes(setting) : nil)
  }

  /// Images per second in training and in inference.
  private func rates(_ setting: BenchmarkSubject.Setting) throws(EngineError) -> (Double, Double) {
    let work = try subject.work(setting)
    var update = 0
    let training = window.secondsPerCall(windows: windows) {
      update += 1
      work.train(update: update)
    }
    let inference = window.secondsPerCall(windows: windows) { work.infer() }
    return (Double(batch) / training, Double(batch) / inference)
  }

  private func layerTimes(
    _ setting: BenchmarkSubject.Setting
  ) throws(EngineError) -> LayerTimes {
    let stopwatches = subject.networks.map { _ in LayerStopwatch() }
    var setting = setting
    setting.stopwatches = stopwatches
    let work = try subject.work(setting)
    for update in 1...2 { work.train(update: update) }
    for stopwatch in stopwatches { stopwatch.reset() }
    var steps = 0
    let start = MonotonicClock.seconds()
    // A window of steps is that many; one of seconds ends when they are over.
    repeat {
      steps += 1
      work.train(update: 2 + steps)
    } while goesOn(steps, since: start)
    return LayerTimes(
      subject, stopwatches, batch: batch, threads: threads, steps: steps,
      seconds: MonotonicClock.seconds() - start)
  }

  private func goesOn(_ steps: Int, since start: Double) -> Bool {
    switch window {
    case .steps(let count): steps < count
    case .seconds(let seconds): MonotonicClock.seconds() - start < seconds
    }
  }
}
