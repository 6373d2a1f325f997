import Glibc
import Model

/// Measures how fast a network trains and predicts on random images in memory.
public struct NetworkBenchmark {
  /// What a benchmark found; rates are medians over its repeats.
  public struct Figures: Sendable {
    /// Images trained per second: forward, loss, backward, update.
    public let trainImagesPerSecond: Double
    /// Images classified per second, without noise.
    public let inferenceImagesPerSecond: Double
    /// Nominal 10⁹ floating-point operations per second in training: 2 · multiply-adds · 3 an image.
    public let gflops: Double
    /// The process's largest resident memory so far, in 10⁶ bytes; 0 if the system does not say.
    public let peakMegabytes: Double
  }

  /// The network.
  public var spec: NetworkSpec
  /// Images per step.
  public var batch: Int
  /// Threads of the pool.
  public var threads: Int
  /// How convolutions are computed.
  public var convolution: ConvolutionAlgorithm
  /// Steps per repeat.
  public var steps: Int
  /// Repeats, of which the median counts.
  public var repeats: Int

  /// A benchmark of `repeats` × `steps` steps after one repeat to warm up.
  public init(
    spec: NetworkSpec, batch: Int, threads: Int, steps: Int = 50, repeats: Int = 5,
    convolution: ConvolutionAlgorithm = .automatic
  ) {
    self.convolution = convolution
    self.spec = spec
    self.batch = batch
    self.threads = threads
    self.steps = max(1, steps)
    self.repeats = max(1, repeats)
  }

  /// Runs it.
  /// - Throws: `EngineError` where the network does not compile.
  public func run() throws(EngineError) -> Figures {
    let pool = ThreadPool(threads: threads)
    let network = try Network(
      spec, capacity: batch, pool: pool, root: RandomRoot(seed: 1, trial: 0),
      convolution: convolution)
    network.initialize(.caffeXavier)
    let trainer = ClassificationTrainer(
      network: network, classes: network.outputCount,
      optimizer: .sgd(SGD(style: .caffe, momentum: 0.9, weightDecay: 5e-4)))
    let labels = fill(network)
    var update = 0
    let training = median {
      update += 1
      _ = labels.withUnsafeBufferPointer {
        trainer.step(count: batch, labels: $0.baseAddress!, update: update, learningRate: 1e-3)
      }
    }
    let inference = median { network.forward(count: batch, trainingStep: nil) }
    let multiplyAdds = (try? spec.multiplyAdds()) ?? 0
    return Figures(
      trainImagesPerSecond: training, inferenceImagesPerSecond: inference,
      gflops: training * Double(multiplyAdds) * 6e-9, peakMegabytes: Self.peakMegabytes())
  }

  /// Random images in [0, 1) and random labels.
  private func fill(_ network: Network) -> [Int32] {
    let stream = RandomRoot(seed: 1, trial: 0).stream(.synthesis, "benchmark")
    for index in 0..<batch * spec.input.count {
      network.input[index] = RandomBits.uniform(
        stream.block(position: 0, index: UInt32(index))[0])
    }
    return (0..<batch).map {
      Int32(stream.block(position: 1, index: UInt32($0))[0] % UInt32(network.outputCount))
    }
  }

  /// Images per second, the median over repeats.
  private func median(_ step: () -> Void) -> Double {
    var rates: [Double] = []
    for round in 0...repeats {
      let start = Self.seconds()
      for _ in 0..<steps { step() }
      // The first round warms caches up.
      if round > 0 { rates.append(Double(steps * batch) / (Self.seconds() - start)) }
    }
    rates.sort()
    return rates[rates.count / 2]
  }

  private static func seconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }

  /// The largest resident set of this process so far, in 10⁶ bytes.
  public static func peakMegabytes() -> Double {
    // getrusage would also count what the process was before it became this program.
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let length = read(descriptor, &bytes, bytes.count)
    for line in bytes.prefix(max(length, 0)).split(separator: UInt8(ascii: "\n"))
    where line.starts(with: Array("VmHWM:".utf8)) {
      let digits = line.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return (Double(String(decoding: digits, as: UTF8.self)) ?? 0) * 1024 / 1e6
    }
    return 0
  }
}
