import Model

/// What the files of a data set hold, before it is known to be a data set.
struct DecodedFiles {
  let training = ImageStore()
  let test = ImageStore()
  var observed = ObservedDigests(files: [])

  func store(_ part: KnownDataset.File.Part) -> ImageStore {
    switch part {
    case .training: training
    case .test: test
    }
  }

  /// Shape, classes and counts; labels of user files become labels from 0.
  /// - Throws: an error where the files do not belong together, or are not what is expected.
  func facts(
    _ set: DatasetFiles, _ found: FileSearch.Found
  ) throws(DatasetError) -> DatasetFacts {
    guard let shape = training.shape, shape == test.shape else {
      throw DatasetError(
        .corrupt, file: found.paths[set.files.lastIndex { $0.contents != .labels } ?? 0],
        "test images of \(test.shape?.description ?? "no shape"), but training images of "
          + "\(training.shape?.description ?? "no shape")",
        advice: "the files belong to different data sets")
    }
    for part in [KnownDataset.File.Part.training, .test] {
      let store = store(part)
      let images = store.pixels.count / shape.count
      guard images != store.labels.count else { continue }
      func path(_ contents: KnownDataset.File.Contents) -> String {
        let place = set.files.firstIndex { $0.part == part && $0.contents == contents }
        return found.paths[place ?? 0]
      }
      throw DatasetError(
        .corrupt, file: path(.labels), offset: 4, isDecoded: true,
        "\(store.labels.count) labels for the \(images) images of \(path(.images))",
        advice: "the files belong to different data sets")
    }
    if set.published == nil { try settleLabels(set, found) }
    let classes = max(2, Int(highestLabel) + 1, training.classes ?? 0)
    let facts = DatasetFacts(
      name: set.name, shape: shape, classes: set.expected?.classes ?? classes,
      training: training.labels.count, test: test.labels.count)
    if let expected = set.expected, !facts.fits(expected) {
      throw DatasetError(
        .usage, file: found.paths[0],
        shape == expected.shape
          ? "\(facts.training) training and \(facts.test) test images, expected "
            + "\(expected.training) and \(expected.test)"
          : "images of \(shape), but those of \(set.name) are \(expected.shape)",
        advice: shape == expected.shape
          ? "correct the data set's \"facts\", or leave them out: they are read from the files"
          : "give data of another shape a name of its own")
    }
    return facts
  }

  private var highestLabel: UInt8 { max(training.labels.max() ?? 0, test.labels.max() ?? 0) }

  /// Labels that count from 1 become labels from 0, unless that contradicts the number of classes.
  private func settleLabels(
    _ set: DatasetFiles, _ found: FileSearch.Found
  ) throws(DatasetError) {
    var labels = [training.labels, test.labels]
    set.layout.settle(labels: &labels, classes: set.expected?.classes)
    (training.labels, test.labels) = (labels[0], labels[1])
    let highest = Int(highestLabel)
    guard let expected = set.expected, highest >= expected.classes else { return }
    let part: KnownDataset.File.Part =
      training.labels.contains { Int($0) == highest } ? .training : .test
    let place = set.files.firstIndex { $0.part == part && $0.contents != .images } ?? 0
    let image = store(part).labels.firstIndex { Int($0) == highest } ?? 0
    throw DatasetError(
      .corrupt, file: found.paths[place],
      "label \(highest) of image \(image + 1), expected 0 to \(expected.classes - 1)",
      advice: "correct \"classes\" in the data set's \"facts\", or leave them out: they are read "
        + "from the files")
  }
}
