import System

/// Measures how long a cell takes and how fast its training is; evaluation counts for the first
/// alone.
struct SpeedMeter {
  private let secondsBefore: Double
  private let start = MonotonicClock.seconds()
  private var images = 0
  private var pausedSeconds = 0.0
  private var pauseStart: Double?

  /// - Parameter secondsBefore: what earlier sessions took.
  init(secondsBefore: Double) { self.secondsBefore = secondsBefore }

  /// Seconds of all sessions.
  var totalSeconds: Double { secondsBefore + MonotonicClock.seconds() - start }

  /// Images per second of this session's training.
  var imagesPerSecond: Double {
    let seconds = MonotonicClock.seconds() - start - pausedSeconds
    return seconds > 0 ? Double(images) / seconds : 0
  }

  /// Counts images of an update.
  mutating func add(images count: Int) { images += count }

  /// Stops the clock of training.
  mutating func pause() { pauseStart = MonotonicClock.seconds() }

  /// Lets it go on.
  mutating func resume() {
    if let pauseStart { pausedSeconds += MonotonicClock.seconds() - pauseStart }
    pauseStart = nil
  }
}
