import Canonical
import Model

/// How sums are rounded here, measured: the digest of what products of matrices and short trainings of
/// networks give. It differs wherever a kernel of OpenBLAS or of the engine adds in another order, be
/// it by another processor, another version, or another compiler.
package enum ArithmeticFingerprint {
  /// The first 16 hexadecimal digits of the digest; takes some milliseconds.
  /// - Throws: `EngineError` where OpenBLAS is missing.
  package static func measure() throws(EngineError) -> String {
    try CPU.prepareOpenBLAS(threads: 1)
    var hash = SHA256()
    hash.update("\(EngineRevision.current)\n".utf8)
    for size in sizes { add(size, to: &hash) }
    for subject in subjects {
      let work = try subject.work(
        BenchmarkSubject.Setting(
          batch: 3, pool: ThreadPool(threads: 1), convolution: .automatic))
      for update in 0..<2 { work.train(update: update) }
      work.infer()
      for array in work.state { hash.update(UnsafeRawBufferPointer(array.values)) }
    }
    return String(hash.finishHex().prefix(16))
  }

  /// Rows, columns and inner dimension, on both sides of the blocks into which products are cut.
  private static let sizes: [(m: Int, n: Int, k: Int)] = [
    (1, 1, 1), (3, 5, 7), (8, 4, 16), (9, 5, 17), (16, 16, 383), (16, 16, 385), (16, 16, 769),
    (767, 9, 9), (769, 9, 9), (9, 769, 9), (65, 65, 65), (128, 129, 130),
    (40, 70, 385), (770, 9, 160), (9, 770, 160),
  ]

  /// Networks that use every way in which the engine computes a layer, but for sparse inputs, whose sums
  /// are pinned by a test of their own.
  private static let subjects: [BenchmarkSubject] =
    [
      NetworkChoice(LeNet()), NetworkChoice(ResNet(depth: 8)), NetworkChoice(PreResNet(depth: 8)),
      NetworkChoice(DenseNetBC(depth: 10, growth: 12)), NetworkChoice(MLP(hidden: [70, 50])),
    ].map { .classifier($0.network(input: $0.usualInput, classes: 10)) } + [
      .adversarial(
        generator: NetworkChoice(DCGANGenerator(noise: 20, width: 8)).network(
          input: NetworkChoice.lenet.usualInput, classes: 1),
        discriminator: NetworkChoice(DCGANDiscriminator(width: 8)).network(
          input: NetworkChoice.lenet.usualInput, classes: 1))
    ]

  private static func add(_ size: (m: Int, n: Int, k: Int), to hash: inout SHA256) {
    let (m, n, k) = size
    let a = BenchmarkNumbers(m * k, "a")
    // Behind the second factor more may be read.
    let b = BenchmarkNumbers(k * n + 16, "b")
    let c = BenchmarkNumbers(m * n, "c")
    Matrix.times(c.base, ldc: n, a.base, lda: k, b.base, ldb: n, m: m, n: n, k: k, beta: 1)
    Matrix.timesTransposed(
      c.base, ldc: n, a.base, lda: k, b.base, ldb: k, m: m, n: n, k: k, beta: 1)
    Matrix.transposedTimes(
      c.base, ldc: n, a.base, lda: m, b.base, ldb: n, m: m, n: n, k: k, beta: 1)
    hash.update(UnsafeRawBufferPointer(start: c.base, count: m * n * MemoryLayout<Float>.size))
  }
}
