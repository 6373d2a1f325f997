/// What a part of a batch adds up to.
struct LossMeasurement: Equatable {
  /// The sum of the samples' losses.
  var lossSum = 0.0
  /// Samples that are assigned to a wrong class; 0 for losses without classes.
  var errors = 0
}

/// A loss between a network's outputs and their targets. Lanes of the batch are measured
/// independently; their sums are added up in Double in the order of the lanes.
protocol Loss<Target>: AnyObject {
  /// What a sample is compared with: a class (`Int32`, one a sample) or numbers (`Float`, as many as
  /// outputs).
  associatedtype Target

  /// Measures one lane's samples. Where there is a gradient, it becomes that of the mean loss over
  /// `count` samples.
  func measure(
    lane: Int, samples: Range<Int>, count: Int, outputs: UnsafePointer<Float>,
    targets: UnsafePointer<Target>, gradient: UnsafeMutablePointer<Float>?)

  /// The whole batch, after every lane was measured.
  var total: LossMeasurement { get }
}

/// How a sample's loss follows from those of its outputs.
enum OutputReduction {
  /// Their mean, as in PyTorch's losses.
  case mean
  /// Their sum, as in Caffe's.
  case sum

  /// The factor on every output's loss.
  func weight(outputs: Int) -> Float { self == .mean ? 1 / Float(outputs) : 1 }
}

/// The measurements of a batch's lanes.
final class LaneMeasurements {
  private let lanes: UnsafeMutableBufferPointer<LossMeasurement>

  init(lanes: Int) {
    self.lanes = .allocate(capacity: lanes)
    self.lanes.initialize(repeating: LossMeasurement())
  }

  deinit { lanes.deallocate() }

  subscript(lane: Int) -> LossMeasurement {
    get { lanes[lane] }
    set { lanes[lane] = newValue }
  }

  /// The sum, in the order of the lanes.
  var total: LossMeasurement {
    var sum = LossMeasurement()
    for lane in lanes {
      sum.lossSum += lane.lossSum
      sum.errors += lane.errors
    }
    return sum
  }
}
