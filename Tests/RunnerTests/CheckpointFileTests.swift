import Durable
import Engine
import Glibc
import TestSupport
import Testing

@testable import Runner

@Suite struct CheckpointFileTests {
  private let exact = [1.0 / 3, -0.0, .infinity, 1e-310, .nan, 5e300]

  private func state(_ values: [Float], _ numbers: [Double]) -> (TaskState, [Float]) {
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    _ = buffer.initialize(from: values)
    let kept = NamedNumbers("sums", count: numbers.count)
    for (index, number) in numbers.enumerated() { kept[index] = number }
    return (TaskState(arrays: [NamedArray(name: "w", values: buffer)], numbers: [kept]), values)
  }

  @Test func `arrays and numbers come back with their bits`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("checkpoint-3")
    let (saved, values) = state([1, -2, 0.1], exact)
    var progress = TrainingProgress()
    progress.add(loss: 0.5)
    try CheckpointFile.write(path, run: "r", progress, saved)
    let (restored, _) = state([0, 0, 0], [0, 0, 0, 0, 0, 0])
    #expect(try CheckpointFile.load(path, run: "r", into: restored) == progress)
    #expect(Array(restored.arrays[0].values) == values)
    #expect(restored.numbers[0].all.map(\.bitPattern) == exact.map(\.bitPattern))
  }

  @Test func `other numbers, another run, another version and damage are no checkpoint`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("checkpoint-3")
    let (saved, _) = state([1], [2, 3])
    try CheckpointFile.write(path, run: "r", TrainingProgress(), saved)
    let (shorter, _) = state([7], [8])
    #expect(try CheckpointFile.load(path, run: "r", into: shorter) == nil)
    #expect(shorter.numbers[0].value == 8 && shorter.arrays[0].values[0] == 7)
    let (other, _) = state([7], [8, 9])
    let renamed = TaskState(
      arrays: other.arrays, numbers: other.numbers.map { $0.named("means") })
    #expect(try CheckpointFile.load(path, run: "r", into: renamed) == nil)
    #expect(try CheckpointFile.load(path, run: "s", into: other) == nil)
    let bytes = try FileContents.read(path)
    let old = Array("regbench checkpoint 1".utf8) + bytes[21...]
    let versions = folder.file("old")
    try AtomicFile.write(to: versions) { sink in try old.withUnsafeBytes { try sink($0) } }
    #expect(try CheckpointFile.load(versions, run: "r", into: other) == nil)
    for end in [0, 10, 40, bytes.count - 1] {
      let cut = folder.file("cut")
      try AtomicFile.write(to: cut) { sink in
        try Array(bytes[..<end]).withUnsafeBytes { try sink($0) }
      }
      #expect(try CheckpointFile.load(cut, run: "r", into: other) == nil)
    }
    #expect(other.numbers[0].all == [8, 9])
  }

  @Test func `a checkpoint that cannot be read is not taken for a damaged one`() throws {
    let folder = try TemporaryFolder()
    let checkpoints = CheckpointFolder(path: folder.path, run: "r")
    let (saved, values) = state([1, 2], [3])
    var progress = TrainingProgress()
    progress.add(loss: 0.5)
    try checkpoints.save(progress, saved)
    // A link to itself can be opened by nobody, like a file when too many are open.
    let newest = folder.file("checkpoint-9")
    #expect(symlink(newest, newest) == 0)
    let (restored, _) = state([0, 0], [0])
    let error = #expect(throws: FileError.self) { try checkpoints.resume(into: restored) }
    #expect(error?.code == ELOOP)
    #expect(try Folder.entries(folder.path) == ["checkpoint-1", "checkpoint-9"])
    #expect(restored.numbers[0].value == 0)
    // What was read and is damaged goes.
    try Folder.removeFile(newest)
    try folder.write("nonsense", "checkpoint-9")
    #expect(try checkpoints.resume(into: restored) == progress)
    #expect(Array(restored.arrays[0].values) == values)
    #expect(try Folder.entries(folder.path) == ["checkpoint-1"])
  }

  @Test func `a folder of checkpoints that cannot be listed is an error`() throws {
    let folder = try TemporaryFolder()
    let (restored, _) = state([0], [0])
    let loop = folder.file("loop")
    #expect(symlink(loop, loop) == 0)
    #expect(throws: FileError.self) {
      try CheckpointFolder(path: loop, run: "r").resume(into: restored)
    }
    let missing = CheckpointFolder(path: folder.file("none"), run: "r")
    #expect(try missing.resume(into: restored) == nil)
  }
}
