/// The formats of data files, by the words of configs.
package enum FileFormat: String, CaseIterable, Sendable {
  /// Four IDX files named like MNIST's.
  case idx
  /// Files of records named like those of CIFAR-10 or CIFAR-100.
  case cifar
  /// MAT files named like SVHN's.
  case mat
  /// A NumPy archive with `x_train`, `y_train`, `x_test` and `y_test`.
  case npz
  /// PNG files in a folder for each class, below `train` and `test`.
  case png
}

/// How the files of a data set hold images and labels.
package enum FileLayout: Hashable, Sendable {
  /// IDX files, images and labels apart. `isTransposed`: rows and columns of each image are
  /// exchanged, as in EMNIST. `firstLabel`: the lowest label, which becomes 0. An archive of NumPy
  /// holds the same arrays.
  case idx(isTransposed: Bool, firstLabel: Int)
  /// CIFAR's binary records with this many label bytes, of which the last counts.
  case cifar(labelBytes: Int)
  /// SVHN's MAT files.
  case mat
  /// Folders of PNG files.
  case png

  /// MNIST's own layout.
  package static let plainIDX = FileLayout.idx(isTransposed: false, firstLabel: 0)
}
