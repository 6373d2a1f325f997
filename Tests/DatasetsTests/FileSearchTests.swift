import Durable
import Model
import Synchronization
import TestSupport
import Testing

@testable import Datasets

/// Where people have data sets, and what is found there.
@Suite struct FileSearchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func found(_ known: KnownDataset, in place: String = "data") -> [String] {
    var search = FileSearch()
    return search.candidates(known, in: [folder.file(place)]).map { $0.archive ?? $0.folder }
      .map { String($0.dropFirst(folder.path.count + 1)) }
  }

  private func write(_ known: KnownDataset, into place: String, ending: String = "") throws {
    for file in known.files { try folder.write("x", "data/\(place)\(file.name)\(ending)") }
  }

  @Test(arguments: [
    (KnownDataset.mnist, "MNIST/raw/"), (.mnist, "mnist/"), (.mnist, "Mnist/"), (.mnist, ""),
    (.fashionMNIST, "FashionMNIST/raw/"), (.fashionMNIST, "fashion-mnist/"),
    (.fashionMNIST, "Fashion_MNIST/"), (.cifar10, "cifar-10-batches-bin/"),
    (.cifar10, "CIFAR10/"), (.cifar10, "cifar-10-batches-py/"), (.cifar100, "cifar-100-binary/"),
    (.svhn, "SVHN/"), (.emnist[2], "EMNIST/raw/"),
  ])
  func `files are found in the folders of other programs`(known: KnownDataset, place: String) throws
  {
    try write(known, into: place, ending: known.layout == .plainIDX ? ".gz" : "")
    #expect(found(known) == [PathName.join("data", place).trimmed])
  }

  @Test(arguments: [
    (KnownDataset.cifar10, "cifar-10-binary.tgz"), (.cifar10, "cifar-10-binary.tar"),
    (.cifar100, "cifar-100-binary.tar.gz"), (.emnist[0], "EMNIST/raw/gzip.zip"),
    (.mnist, "mnist.npz"), (.fashionMNIST, "fashion-mnist.npz"),
  ])
  func `archives are found whatever they are called`(known: KnownDataset, name: String) throws {
    try folder.write("x", "data/\(name)")
    #expect(found(known) == ["data/\(name)"])
  }

  @Test func `folders that hold a file of their own name are found`() throws {
    for file in KnownDataset.mnist.files {
      try folder.write("x", "data/\(file.name)/\(file.name)")
    }
    #expect(found(.mnist) == ["data"])
  }

  private func open(
    _ known: KnownDataset, _ folders: [String], offline: Bool = true
  ) -> (dataset: Dataset?, error: DatasetError?, said: [String]) {
    var said: [String] = []
    let places = DatasetLocator.Places(
      folders: folders.map { folder.file($0) }, cache: folder.file("cache"), offline: offline)
    do throws(DatasetError) {
      let dataset = try DatasetLocator(places).open(
        DatasetSpec(name: known.name, validation: 0, scale: 1)
      ) { said.append($0) }
      return (dataset, nil, said)
    } catch { return (nil, error, said) }
  }

  @Test func `the pickled version of CIFAR is named with what to get instead`() throws {
    try folder.write([0x80, 2], "data/cifar-10-batches-py/data_batch_1")
    let error = open(.cifar10, ["data"]).error
    #expect(error?.kind == .missing)
    #expect(
      error?.problem.contains("cifar-10-batches-py/data_batch_1 is the Python version") == true)
    #expect(
      error?.advice?.hasPrefix("needed is the binary version, cifar-10-binary.tar.gz\n") == true)
    try folder.write([0x1F, 0x8B], "other/cifar-100-python.tar.gz")
    #expect(open(.cifar100, ["other"]).error?.problem.contains("pickled") == true)
  }

  /// The data sets of the embedded digits: whole files whose digests are not MNIST's.
  private func writeDigits(_ place: String, damaged: Bool = false) throws {
    let contents = [
      IDX.images(60_000, side: 28), IDX.labels(60_000), IDX.images(10_000, side: 28),
      IDX.labels(10_000),
    ]
    for (file, bytes) in zip(KnownDataset.mnist.files, contents) {
      try folder.write(damaged ? Array(bytes.prefix(100)) : bytes, "\(place)/\(file.name)")
    }
  }

  @Test func `damaged files are named, without advice to remove them`() throws {
    try writeDigits("first", damaged: true)
    let truncated = open(.mnist, ["first", "second"])
    #expect(truncated.error?.kind == .corrupt)
    #expect(truncated.error?.file == folder.file("first/train-images-idx3-ubyte"))
    try writeDigits("second")
    let other = open(.mnist, ["second"]).error
    #expect(other?.kind == .corrupt)
    #expect(other?.problem.hasPrefix("its contents are not mnist's") == true)
    for error in [truncated.error, other] { #expect(error?.advice?.contains("remove") == false) }
  }

  @Test func `digests tell which known data set files are`() throws {
    // Files of Fashion-MNIST under MNIST's names, as far as remembered digests tell.
    try writeDigits("first")
    let memory = DigestMemory.ofFiles(cache: folder.file("cache"))
    let lines = zip(KnownDataset.mnist.files, KnownDataset.fashionMNIST.files).map { file, other in
      let key = DigestMemory.key(of: folder.file("first/\(file.name)")) ?? ""
      return (key: "\(key) content", digest: other.contentSHA256 ?? "")
    }
    try memory.record(lines)
    let error = open(.mnist, ["first"]).error
    #expect(error?.kind == .missing)
    #expect(
      error?.problem.hasSuffix("\(folder.file("first")) holds Fashion-MNIST (fashion-mnist)")
        == true)
    #expect(error?.advice?.contains("remove") == false)
  }
}

extension String {
  /// Without slashes at the end.
  fileprivate var trimmed: String { last == "/" ? String(dropLast()).trimmed : self }
}
