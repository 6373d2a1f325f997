import Datasets
import Model
import Study

/// Data sets that a process has opened, each once.
struct OpenDatasets {
  private var open: [DatasetSpec: Dataset] = [:]

  /// The data set, from the places where the parent has prepared it; nothing is downloaded.
  mutating func open(_ spec: DatasetSpec?, folder: String?) throws -> Dataset {
    guard let spec else { return .none }
    // How many images are held out, and what is done to pixels, is not the data's business.
    let key = spec.contentsOnly
    if let found = open[key] { return found }
    let dataset = try DatasetLocator(dataFolder: folder, offline: true).open(spec)
    open[key] = dataset
    return dataset
  }
}

extension DatasetLocator {
  /// The data of a cell; none where nothing is trained.
  /// - Parameter say: takes sentences for the user, as in `open(_: DatasetSpec)`.
  func open(
    _ setup: TrainingSetup?, say: (String) -> Void = { _ in }
  ) throws(DatasetError) -> Dataset {
    guard let setup else { return .none }
    return try open(setup.dataset, say: say)
  }
}
