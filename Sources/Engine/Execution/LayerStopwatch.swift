import Glibc

/// Adds up the processor time that each layer's stages take on all threads, by pass: what a busy
/// neighbour takes is not counted. It wraps stages when a network is compiled, so a network without
/// one does not even ask.
package final class LayerStopwatch {
  /// What a layer's time is spent on.
  package enum Pass: String, CaseIterable, Sendable {
    case forward, backward
    /// Adding up the lanes' parts of parameters' gradients.
    case reduction
    /// Measuring the loss and its gradient.
    case loss
    /// Clipping and the optimizer.
    case update
  }

  /// The time of one layer in one pass.
  package struct Reading: Sendable {
    /// The layer's name where it has parameters, otherwise its kind and number from the input on.
    package let layer: String
    /// The kind of layer, for example `Convolution`.
    package let kind: String
    /// What was done.
    package let pass: Pass
    /// Seconds on a processor, added up over threads.
    package let seconds: Double
  }

  /// The clocks of one stage, one for each of its parts: a part runs on one thread at a time.
  private final class Clock {
    let layer: String
    let kind: String
    let pass: Pass
    let seconds: UnsafeMutableBufferPointer<Double>

    init(layer: String, kind: String, pass: Pass, parts: Int) {
      self.layer = layer
      self.kind = kind
      self.pass = pass
      seconds = .allocate(capacity: max(parts, 1))
      seconds.initialize(repeating: 0)
    }

    deinit { seconds.deallocate() }
  }

  private var clocks: [Clock] = []

  /// A stopwatch at zero.
  package init() {}

  /// Starts anew.
  package func reset() {
    for clock in clocks { clock.seconds.update(repeating: 0) }
  }

  /// What was measured since the last reset, in the order of compilation; stages of one layer and
  /// pass together.
  package var readings: [Reading] {
    var readings: [Reading] = []
    var places: [String: Int] = [:]
    for clock in clocks {
      let seconds = clock.seconds.reduce(0, +)
      let place = places["\(clock.layer) \(clock.pass)"]
      places["\(clock.layer) \(clock.pass)"] = place ?? readings.count
      if let place {
        readings[place] = Reading(
          layer: clock.layer, kind: clock.kind, pass: clock.pass,
          seconds: readings[place].seconds + seconds)
      } else {
        readings.append(
          Reading(layer: clock.layer, kind: clock.kind, pass: clock.pass, seconds: seconds))
      }
    }
    return readings
  }

  /// Wraps a layer's stages.
  func timed(
    _ stages: [Stage], of layer: CompiledLayer, _ index: Int, _ pass: Pass, lanes: LanePlan
  ) -> [Stage] {
    let kind = layer.kind
    // A parameter's name is its layer's, a dot and its role.
    let named = layer.parameters.first?.spec.name
    let name = named?.lastIndex(of: ".").flatMap { named?[..<$0] }.map(String.init)
    return stages.map {
      timed($0, layer: name ?? "\(kind) \(index + 1)", kind: kind, pass, lanes: lanes)
    }
  }

  /// Wraps the stages of a loss, which run lane by lane, or of an update, which do not.
  func timed(_ stages: [Stage], lanes: LanePlan) -> [Stage] {
    stages.map { stage in
      let pass = stage.partition == .lanes ? Pass.loss : .update
      return timed(stage, layer: pass.rawValue, kind: pass.rawValue, pass, lanes: lanes)
    }
  }

  private func timed(
    _ stage: Stage, layer: String, kind: String, _ pass: Pass, lanes: LanePlan
  ) -> Stage {
    let parts =
      switch stage.partition {
      case .lanes: lanes.count
      case .blocks(let count): count
      case .whole: 1
      }
    let clock = Clock(layer: layer, kind: kind, pass: pass, parts: parts)
    clocks.append(clock)
    let seconds = clock.seconds
    // The clock's memory must live as long as the stage.
    return Stage(stage.partition) { [clock] part, pass in
      let start = Self.threadSeconds()
      stage.perform(part, pass)
      seconds[part.index] += Self.threadSeconds() - start
      _ = clock
    }
  }

  /// Seconds that the calling thread has run.
  private static func threadSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}
