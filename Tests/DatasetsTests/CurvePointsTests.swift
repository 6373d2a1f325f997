import Model
import Testing

@testable import Datasets

@Suite struct CurvePointsTests {
  @Test func `a trial has points of its own, and always the same`() {
    let spec = CurveSpec(target: .xSinX)
    let root = RandomRoot(seed: 1, trial: 1)
    let points = CurvePoints(spec, root: root)
    #expect(points.x.count == 20 && points.y.count == 20)
    #expect(points == CurvePoints(spec, root: root))
    #expect(points != CurvePoints(spec, root: RandomRoot(seed: 1, trial: 2)))
    // More points keep the first ones.
    #expect(
      CurvePoints(CurveSpec(target: .xSinX, points: 30), root: root).x.prefix(20) == points.x[...])
  }

  @Test(arguments: CurveSpec.Target.allCases)
  func `noise has the spread that is asked for, around the function`(target: CurveSpec.Target) {
    let root = RandomRoot(seed: 3, trial: 1)
    let quiet = CurvePoints(CurveSpec(target: target, points: 4000, noise: 0), root: root)
    let noisy = CurvePoints(CurveSpec(target: target, points: 4000, noise: 2), root: root)
    #expect(quiet.x == noisy.x)
    #expect(quiet.x.allSatisfy { (0...10).contains($0) })
    for (x, y) in zip(quiet.x, quiet.y) where abs(x / 2.5 - (x / 2.5).rounded()) > 1e-4 {
      #expect(abs(Double(y) - target.value(at: Double(x))) < 1e-4)
    }
    let noise = zip(noisy.y, quiet.y).map { Double($0 - $1) }
    let mean = noise.reduce(0, +) / 4000
    let variance = noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
    #expect(abs(mean) < 0.15)
    #expect(abs(variance - 4) < 0.4)
  }

  @Test func `data without images open without files`() throws {
    let locator = DatasetLocator(dataFolder: nil, offline: true)
    func open(_ spec: DatasetSpec) throws -> Dataset { try locator.open(spec) }
    var spec = DatasetSpec(name: "curve", validation: 0, scale: 1)
    spec.curve = CurveSpec(target: .xSinX)
    let one = try open(spec)
    #expect(one.training.count == 0 && one.facts.training == 20 && one.isVerified)
    #expect(try open(spec).digest == one.digest)
    spec.curve?.noise = 2
    #expect(try open(spec).digest != one.digest)
    #expect(Dataset.none.facts.training == 0 && Dataset.none.digest != one.digest)
  }
}
