import Model

/// A data set that can be found and checked: its files, where they are offered, whose they are.
package struct CatalogueEntry: Sendable {
  /// One of the files that hold the data.
  package struct File: Sendable {
    /// The sets of a data set.
    package enum Part: Sendable { case training, test }
    /// What a file holds.
    package enum Contents: Sendable { case images, labels, both }

    /// Its name without `.gz`.
    package var name: String
    /// Whether one trains or tests on it.
    package var part: Part
    /// What it holds.
    package var contents: Contents
    /// Images or labels in it; nil in data of one's own.
    package var count: Int?
    /// SHA-256 of the uncompressed contents, which plain and recompressed copies share; nil where
    /// no copy was seen whose published digest agreed.
    package var contentSHA256: String?
    /// MD5 of the uncompressed contents, where it is published.
    package var contentMD5: String?
    /// SHA-256 of the compressed file, where only that is known.
    package var packedSHA256: String?
  }

  /// A file as it is offered for download: one of the files, or an archive with them.
  package struct Offer: Sendable {
    /// Its name behind the mirrors' address, and on the disk.
    package var name: String
    /// Its length in bytes.
    package var bytes: Int
    /// Its MD5, as it is published.
    package var md5: String?
    /// Its SHA-256, computed from a copy whose MD5 agreed.
    package var sha256: String?

    var isArchive: Bool { Archive.isArchive(name) }
  }

  /// Shape, classes and counts; its name is the catalogue's.
  package var facts: DatasetFacts
  /// How people write the name.
  package var title: String
  /// How its files hold images.
  package var layout: FileLayout
  /// The files, those of a part in the order of its images.
  package var files: [File]
  /// What can be downloaded.
  package var offers: [Offer]
  /// Addresses of folders that have the offers, each ending in a slash.
  package var mirrors: [String]
  /// Folders beside that of its own name in which people have it.
  package var folders: [String]
  /// Under what conditions it may be used.
  package var licence: String
  /// Who made it, and where they described it.
  package var citation: String

  package var downloadBytes: Int { offers.reduce(0) { $0 + $1.bytes } }

  /// Whether every file's contents can be checked against a published digest.
  package var isPinned: Bool {
    files.allSatisfy {
      $0.contentSHA256 != nil || $0.contentMD5 != nil || $0.packedSHA256 != nil
    }
  }

  /// Whether everything on offer has a published digest.
  package var offersArePinned: Bool { offers.allSatisfy { $0.md5 != nil || $0.sha256 != nil } }

  /// The folder of the user's cache that downloads go to; data sets from one archive share it.
  package var cacheFolder: String { folders.first ?? facts.name }

  /// The data sets that can be found or downloaded.
  package static let all: [CatalogueEntry] =
    [mnist, fashionMNIST, cifar10, cifar100, svhn, svhnExtra] + emnist

  /// The entry of this name, or nil.
  package static func named(_ name: String) -> CatalogueEntry? {
    all.first { $0.facts.name == name }
  }

  /// The facts of a data set that Model knows by name.
  static func facts(_ name: String) -> DatasetFacts {
    guard let facts = DatasetFacts.all.first(where: { $0.name == name }) else {
      preconditionFailure("no facts of \(name)")
    }
    return facts
  }
}
