import Durable
import Glibc
import TestSupport
import Testing

@testable import Datasets

@Suite struct MATReaderTests {
  struct Order: CustomTestStringConvertible {
    var isBigEndian: Bool
    var isCompressed: Bool
    var testDescription: String { "\(isBigEndian ? "big" : "little") \(isCompressed)" }
    var mat: MAT { MAT(isBigEndian: isBigEndian, isCompressed: isCompressed) }
    static let all = [
      Order(isBigEndian: false, isCompressed: false), Order(isBigEndian: false, isCompressed: true),
      Order(isBigEndian: true, isCompressed: false), Order(isBigEndian: true, isCompressed: true),
    ]
  }

  private func read(
    _ bytes: [UInt8], elements: Bool = true
  ) throws(DatasetError) -> [(MATArray, [UInt8])] {
    try MemoryFile(bytes).read { (source) throws(DatasetError) in
      let file = try MATReader(source)
      var found: [(MATArray, [UInt8])] = []
      var room = [UInt8](repeating: 0, count: 100)
      while let array = try file.next() {
        var values: [UInt8] = []
        while elements, array.kind.isNumeric {
          var span = room.mutableSpan
          let got = try file.read(into: &span)
          if got == 0 { break }
          values += room.prefix(got)
        }
        found.append((array, values))
      }
      return found
    }
  }

  private func failure(_ bytes: [UInt8]) -> DatasetError? {
    do throws(DatasetError) {
      _ = try read(bytes)
      return nil
    } catch { return error }
  }

  @Test(arguments: Order.all)
  func `numbers stored in any type come back`(order: Order) throws {
    let mat = order.mat
    let values = [0, 1, 10, 127, 200, 255]
    func bits(_ value: Int) -> Int { Int(bitPattern: UInt(Double(value).bitPattern)) }
    var arrays: [[UInt8]] = []
    for (storage, size) in [(2, 1), (3, 2), (4, 2), (5, 4), (6, 4), (12, 8), (13, 8)] {
      arrays.append(
        mat.array(
          "a\(storage)", [2, 3], kind: 6, storage: storage,
          values.flatMap { mat.number($0, size) }))
    }
    arrays.append(
      mat.array(
        "double", [2, 3], kind: 6, storage: 9, values.flatMap { mat.number(bits($0), 8) }))
    arrays.append(
      mat.array(
        "single", [6, 1], kind: 7, storage: 7,
        values.flatMap { mat.number(Int(Float($0).bitPattern), 4) }))
    arrays.append(mat.array("small", [2, 1], [3, 4]))
    let found = try read(mat.file(arrays))
    #expect(found.count == 10)
    #expect(found.prefix(9).allSatisfy { $0.1 == [0, 1, 10, 127, 200, 255] })
    #expect(found[9].1 == [3, 4])
    #expect(found[7].0.name == "double")
    #expect(found[7].0.kind == .double)
    #expect(found[7].0.storage == .double)
    #expect(found[8].0.dimensions == [6, 1])
    #expect(found.allSatisfy { $0.0.isCompressed == order.isCompressed })
  }

  @Test(arguments: Order.all)
  func `arrays that are not read are skipped`(order: Order) throws {
    let mat = order.mat
    let bytes = mat.file([
      mat.array("a", [30, 1], Array(repeating: 5, count: 30)), mat.array("b", [1, 1], [9]),
    ])
    #expect(try read(bytes, elements: false).map(\.0.name) == ["a", "b"])
  }

  @Test func `numbers that are no bytes are errors`() {
    let mat = MAT()
    func error(_ storage: Int, _ size: Int, _ value: Int) -> DatasetError? {
      failure(
        mat.file([mat.array("a", [1, 1], kind: 6, storage: storage, mat.number(value, size))]))
    }
    #expect(error(3, 2, 256)?.problem.contains("not whole and from 0 to 255") == true)
    #expect(error(1, 1, -1) != nil)
    #expect(error(9, 8, Int(bitPattern: UInt(0.5.bitPattern)))?.kind == .corrupt)
    #expect(error(9, 8, Int(bitPattern: UInt(Double.nan.bitPattern))) != nil)
  }

  @Test(arguments: [
    ("", "an empty file"), ("<html>", "a web page (HTML)"), ("short", "5 bytes"),
    ("MATLAB 7.3 MAT-file", "one of version 7.3 (HDF5)"),
    (String(repeating: "x", count: 200), "no mark of its byte order"),
  ])
  func `a file that is not a MAT file is named`(text: String, found: String) {
    let error = failure(Array(text.utf8))
    #expect(error?.offset == 0)
    #expect(error?.problem.contains(found) == true)
    #expect(error?.kind == .corrupt)
  }

  @Test(arguments: Order.all)
  func `every truncation is found`(order: Order) {
    let bytes = order.mat.digits(2, side: 3)
    let ends = [128, bytes.count]
    for length in 0..<bytes.count where !ends.contains(length) {
      // Between two arrays a file may end.
      let found = try? read(Array(bytes.prefix(length)))
      #expect(found == nil || found?.count == 1)
      if found == nil { #expect(failure(Array(bytes.prefix(length)))?.advice != nil) }
    }
  }

  @Test func `wrong sizes in a MAT file are found`() {
    let mat = MAT()
    let lying = failure(mat.file([mat.array("X", [32, 32, 3, 1_000_000], [1, 2, 3])]))
    #expect(
      lying?.problem.hasPrefix("3 bytes of numbers, but the dimensions need 3072000000") == true)
    let most = failure(mat.file([mat.array("X", [65535, 65535, 65535, 65535], [1])]))
    #expect(most?.problem.contains("which no array can have") == true)
    var bytes = mat.file([mat.array("X", [2, 2], [1, 2, 3, 4])])
    bytes[128 + 4] = 0xFF
    #expect(failure(bytes)?.kind == .corrupt)
  }

  @Test func `random changes never crash the reader`() {
    let files = Order.all.map { order -> [UInt8] in
      let mat = order.mat
      return mat.file([
        mat.array("X", [2, 2, 3, 2], Array(0..<24)), mat.array("y", [2, 1], kind: 6, [1, 2]),
      ])
    }
    var mutator = Mutator(seed: 13)
    var accepted = 0
    for attempt in 0..<Mutator.attempts {
      let mutant = mutator.mutate(files[attempt % 4])
      if let found = try? read(mutant) {
        accepted += 1
        #expect(found.reduce(0) { $0 + $1.1.count } <= mutant.count * 1032)
      }
    }
    #expect(accepted > 0)
  }

  /// Files of other programs, where they are.
  private static let samples: String? = getenv("REGBENCH_DATA").map {
    PathName.join(String(cString: $0), "mat-samples")
  }.flatMap { FileContents.exists($0) ? $0 : nil }

  @Test(.enabled(if: samples != nil, "REGBENCH_DATA has no mat-samples"))
  func `files of other programs are read or refused`() throws {
    let folder = try #require(Self.samples)
    var read = 0
    let paths = try Folder.entries(folder).map { PathName.join(folder, $0) }
    let inner = paths.flatMap { path in
      ((try? Folder.entries(path)) ?? []).map { PathName.join(path, $0) }
    }
    for path in paths + inner where path.hasSuffix(".mat") {
      do throws(DatasetError) {
        let file = try MATReader(ByteSource(file: path))
        while try file.next() != nil {}
        read += 1
      } catch {
        #expect(error.kind == .corrupt)
        #expect(error.file == path)
      }
    }
    #expect(read > 60)
  }
}
