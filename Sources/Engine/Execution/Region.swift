/// Stages between two barriers: either one stage cut into blocks, or neighbouring stages cut into
/// lanes, which then run lane by lane so that a lane's activations stay in the cache.
final class Region: PooledWork {
  private let stages: [Stage]
  private let partition: Stage.Partition
  private let lanes: LanePlan
  private let pass: Pass
  private let scratch: ThreadScratch

  private init(
    _ stages: [Stage], _ partition: Stage.Partition, _ lanes: LanePlan, _ pass: Pass,
    _ scratch: ThreadScratch
  ) {
    self.stages = stages
    self.partition = partition
    self.lanes = lanes
    self.pass = pass
    self.scratch = scratch
  }

  /// Cuts a sequence of stages at its barriers.
  static func regions(
    of stages: [Stage], lanes: LanePlan, pass: Pass, scratch: ThreadScratch
  ) -> [Region] {
    var regions: [Region] = []
    var run: [Stage] = []
    func close() {
      if !run.isEmpty { regions.append(Region(run, .lanes, lanes, pass, scratch)) }
      run = []
    }
    for stage in stages {
      if stage.partition == .lanes {
        run.append(stage)
      } else {
        close()
        regions.append(Region([stage], stage.partition, lanes, pass, scratch))
      }
    }
    close()
    return regions
  }

  /// How many parts a pool has to do.
  var parts: Int {
    switch partition {
    case .lanes: lanes.count
    case .blocks(let count): count
    case .whole: 1
    }
  }

  func perform(part: Int, thread: Int) {
    let samples = partition == .lanes ? lanes.range(part, samples: pass.count) : 0..<pass.count
    let work = Part(index: part, samples: samples, scratch: scratch.base(of: thread))
    for stage in stages { stage.perform(work, pass) }
  }
}

/// Scratch memory by thread, sized once all layers have said what they need.
final class ThreadScratch {
  private var base: UnsafeMutablePointer<Float>?
  private var floatsPerThread = 0

  /// Takes the memory.
  func reserve(_ floats: Int, threads: Int, from arena: Arena) {
    // A whole number of lines, so that no two threads share one.
    floatsPerThread = (floats + Arena.slack + 15) & ~15
    base = arena.floats(floatsPerThread * threads)
  }

  /// A thread's own memory.
  func base(of thread: Int) -> UnsafeMutablePointer<Float> {
    guard let base else { preconditionFailure("scratch used before it was reserved") }
    return base + thread * floatsPerThread
  }
}
