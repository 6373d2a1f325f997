import Durable
import Model
import TestSupport
import Testing

@testable import Datasets

/// Files of a user, of which nothing is said but where they are.
@Suite struct UserFilesTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private var folder: TemporaryFolder { fixture.folder }

  private func open(
    _ path: String, format: FileFormat? = nil, facts: DatasetFacts? = nil
  ) throws(DatasetError) -> Dataset {
    try fixture.locator.open(
      DatasetSpec(
        name: "own", validation: 0, scale: 1, files: folder.file(path), format: format,
        facts: facts, unverified: true))
  }

  private func facts(
    _ shape: FeatureShape, classes: Int, _ training: Int, _ test: Int
  ) -> DatasetFacts {
    DatasetFacts(name: "own", shape: shape, classes: classes, training: training, test: test)
  }

  private func grey(_ side: Int) -> FeatureShape {
    FeatureShape(height: side, width: side, channels: 1)
  }

  @Test func `IDX files may have any names that tell what they are`() throws {
    let names = ["my_train_images", "my_train_labels", "my_test_images", "my_test_labels"]
    for (name, bytes) in zip(names, Fixture.contents) {
      try folder.write(Gzip.compress(bytes), "other/\(name).idx.gz")
    }
    let dataset = try open("other")
    #expect(dataset.facts == facts(grey(6), classes: 10, 40, 20))
    #expect(!dataset.isVerified)
    _ = try fixture.write()
    #expect(try open("data").digest == dataset.digest)
  }

  @Test func `labels may start at one`() throws {
    var contents = Fixture.contents
    for place in [1, 3] {
      contents[place] =
        Array(contents[place].prefix(8)) + contents[place].dropFirst(8).map { $0 + 1 }
    }
    _ = try fixture.write(contents)
    let dataset = try open("data")
    #expect(dataset.facts.classes == 10)
    #expect(dataset.training.labelBytes == Array(Fixture.contents[1].dropFirst(8)))
    // Unless the study says that there are eleven classes.
    let eleven = facts(grey(6), classes: 11, 40, 20)
    for _ in 0..<2 {
      #expect(try open("data", facts: eleven).training.labelBytes[0] == 1)
      #expect(try open("data").training.labelBytes[0] == 0)
    }
  }

  @Test func `facts that contradict the files are refused`() throws {
    _ = try fixture.write()
    let counts = #expect(throws: DatasetError.self) {
      try open("data", facts: facts(grey(6), classes: 10, 41, 20))
    }
    #expect(counts?.problem == "40 training and 20 test images, expected 41 and 20")
    let labels = #expect(throws: DatasetError.self) {
      try open("data", facts: facts(grey(6), classes: 9, 40, 20))
    }
    #expect(labels?.problem == "label 9 of image 10, expected 0 to 8")
  }

  @Test(arguments: [true, false])
  func `a file of NumPy is the same as IDX files`(deflated: Bool) throws {
    _ = try fixture.write()
    let bodies = zip(Fixture.contents, [16, 8, 16, 8]).map { Array($0.dropFirst($1)) }
    func labels(_ bytes: [UInt8]) -> [UInt8] {
      NumPy.array("<i8", [bytes.count, 1], NumPy.longs(bytes.map { Int($0) }))
    }
    try folder.write(
      NumPy.archive(
        training: (NumPy.array("|u1", [40, 6, 6], bodies[0]), labels(bodies[1])),
        test: (NumPy.array("|u1", [20, 6, 6], bodies[2]), labels(bodies[3])), deflated: deflated),
      "numpy/digits.npz")
    for place in ["numpy", "numpy/digits.npz", "numpy"] {
      let dataset = try open(place)
      #expect(dataset.digest == (try open("data").digest))
      #expect(dataset.allBytes == (try open("data").allBytes))
      #expect(dataset.origin == folder.file("numpy/digits.npz"))
    }
  }

  private func writePictures() throws {
    for (set, classes) in [
      ("Train", ["cat": [1, 2], "dog": [3], "emu": [4]]), ("test", ["cat": [5], "dog": [6, 7]]),
    ] {
      for (name, values) in classes {
        for (number, value) in values.enumerated() {
          try folder.write(PNG.grey(UInt8(value)), "pictures/\(set)/\(name)/\(number).png")
        }
      }
    }
    try folder.write("", "pictures/Train/cat/.DS_Store")
    try folder.write("", "pictures/Train/readme.txt")
  }

  @Test func `folders of PNG files have a class each`() throws {
    try writePictures()
    for _ in 0..<2 {
      let dataset = try open("pictures")
      #expect(dataset.facts == facts(grey(3), classes: 3, 4, 3))
      #expect(dataset.training.labelBytes == [0, 0, 1, 2])
      #expect(dataset.test.labelBytes == [0, 1, 1])
      #expect(dataset.training.pixelBytes[0] == 1 && dataset.test.pixelBytes[26] == 7)
    }
    let before = try open("pictures").digest
    try folder.write(PNG.grey(9), "pictures/Train/dog/0.png")
    let changed = try open("pictures")
    #expect(changed.digest != before)
    #expect(changed.training.pixelBytes[18] == 9)
    try folder.write(PNG.grey(9, side: 4), "pictures/test/dog/9.png")
    let mixed = #expect(throws: DatasetError.self) { try open("pictures") }
    #expect(mixed?.file == folder.file("pictures/test/dog/9.png"))
  }

  @Test func `folders that are called by numbers are in their order`() throws {
    for number in [10, 9, 2] {
      for set in ["train", "test"] {
        try folder.write(PNG.grey(UInt8(number)), "numbers/\(set)/\(number)/a.png")
      }
    }
    let dataset = try open("numbers")
    #expect([0, 9, 18].map { dataset.training.pixelBytes[$0] } == [2, 9, 10])
  }

  @Test func `MAT files like those of SVHN need no facts`() throws {
    try folder.write(MAT().digits(12, side: 2), "mat/train_digits.mat")
    try folder.write(MAT().digits(10, side: 2), "mat/test_digits.mat")
    let dataset = try open("mat")
    let shape = FeatureShape(height: 2, width: 2, channels: 3)
    #expect(dataset.facts == facts(shape, classes: 10, 12, 10))
    #expect(dataset.test.labelBytes == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
  }

  @Test func `a missing batch file among others is an error`() throws {
    for number in [1, 2, 4] {
      try folder.write(CIFAR.records([[0], [1]]), "cifar/data_batch_\(number).bin")
    }
    try folder.write(CIFAR.records([[0]]), "cifar/test_batch.bin")
    let error = #expect(throws: DatasetError.self) { try open("cifar") }
    #expect(error?.kind == .missing)
    #expect(error?.problem == "it lacks data_batch_3.bin")
    try folder.write(CIFAR.records([[0], [1]]), "cifar/data_batch_3.bin")
    #expect(try open("cifar").facts.training == 8)
  }

  @Test func `a batch file may claim any number without taking memory for those before it`() throws
  {
    for number in ["1", "3", "999999999999", "\(Int.max)"] {
      try folder.write(CIFAR.records([[0]]), "cifar/data_batch_\(number).bin")
    }
    let error = #expect(throws: DatasetError.self) { try open("cifar") }
    #expect(error?.kind == .missing)
    let first = [2, 4, 5, 6, 7, 8, 9, 10, 11, 12].map { "data_batch_\($0).bin" }
    #expect(
      error?.problem
        == "it lacks \(first.joined(separator: ", ")), \(Int.max - 14) more batches, test_batch.bin"
    )
  }

  @Test func `an empty folder says which files are expected`() throws {
    try folder.write("", "empty/readme")
    let all = try #require(#expect(throws: DatasetError.self) { try open("empty") })
    #expect(all.kind == .missing)
    for format in FileFormat.allCases {
      #expect(all.advice?.contains("\n  \(format.rawValue): ") == true)
    }
    let one = #expect(throws: DatasetError.self) { try open("empty", format: .npz) }
    #expect(one?.advice == "expected is one of\n  npz: \(NPYReader.userFilesText)")
    let none = #expect(throws: DatasetError.self) { try open("nowhere") }
    #expect(none?.problem == "there is no such folder or file")
  }

  @Test func `two data sets in a folder are not mixed up`() throws {
    _ = try fixture.write()
    for (name, bytes) in zip(Fixture.names, Fixture.contents) {
      try folder.write(bytes, "data/other-\(name)")
    }
    let error = #expect(throws: DatasetError.self) { try open("data") }
    #expect(error?.problem.hasSuffix("could both be meant") == true)
  }
}
