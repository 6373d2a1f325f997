import Datasets
import Model

/// Data sets that a process has opened, each once.
struct OpenDatasets {
  private var open: [DatasetSpec: Dataset] = [:]

  /// The data set, from the places where the parent has prepared it; nothing is downloaded.
  mutating func open(_ spec: DatasetSpec, folder: String?) throws -> Dataset {
    // How many images are held out, and what is done to pixels, is not the data's business.
    let key = spec.contentsOnly
    if let found = open[key] { return found }
    let dataset = try DatasetLocator(dataFolder: folder, offline: true, say: { _ in }).open(spec)
    open[key] = dataset
    return dataset
  }
}
