import Durable
import Model

/// Data of one's own: which files of a folder make a data set in each of the formats.
enum OwnFiles {
  /// The files of a folder in this format.
  static func find(
    _ format: DatasetSpec.Format, in folder: String
  ) throws(DatasetError) -> (layout: FileLayout, files: [CatalogueEntry.File]) {
    switch format {
    case .idx: return (.plainIDX, CatalogueEntry.mnist.files.map { $0.anonymous })
    case .mat: return (.mat, CatalogueEntry.svhn.files.map { $0.anonymous })
    case .cifar:
      if has("train.bin", in: folder) {
        return (.cifar(labelBytes: 2), CatalogueEntry.cifar100.files.map { $0.anonymous })
      }
      // As many batches as there are.
      var files: [CatalogueEntry.File] = []
      while has(batch(files.count + 1), in: folder) {
        files.append(
          CatalogueEntry.File(name: batch(files.count + 1), part: .training, contents: .both))
      }
      if files.isEmpty {
        files = [CatalogueEntry.File(name: batch(1), part: .training, contents: .both)]
      }
      files.append(CatalogueEntry.File(name: "test_batch.bin", part: .test, contents: .both))
      return (.cifar(labelBytes: 1), files)
    }
  }

  private static func batch(_ number: Int) -> String { "data_batch_\(number).bin" }

  private static func has(_ name: String, in folder: String) -> Bool {
    let path = PathName.join(folder, name)
    return FileContents.exists(path) || FileContents.exists(path + ".gz")
  }
}

extension CatalogueEntry.File {
  /// A file of this name whose contents nobody knows.
  var anonymous: CatalogueEntry.File {
    CatalogueEntry.File(name: name, part: part, contents: contents)
  }
}
