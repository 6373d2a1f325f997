import Model

/// A data set that can be found and checked: its files, where they are offered, whose they are.
public struct CatalogueEntry: Sendable {
  /// One of the files that hold the data.
  public struct File: Sendable {
    /// The sets of a data set.
    public enum Part: Sendable { case training, test }
    /// What a file holds.
    public enum Contents: Sendable { case images, labels, both }

    /// Its name without `.gz`.
    public var name: String
    /// Whether one trains or tests on it.
    public var part: Part
    /// What it holds.
    public var contents: Contents
    /// Images or labels in it; nil in data of one's own.
    public var count: Int?
    /// SHA-256 of the uncompressed contents, which plain and recompressed copies share; nil where
    /// no copy was seen whose published digest agreed.
    public var contentSHA256: String?
    /// MD5 of the uncompressed contents, where it is published.
    public var contentMD5: String?
    /// SHA-256 of the compressed file, where only that is known.
    public var packedSHA256: String?
  }

  /// A file as it is offered for download: one of the files, or an archive with them.
  public struct Offer: Sendable {
    /// Its name behind the mirrors' address, and on the disk.
    public var name: String
    /// Its length in bytes.
    public var bytes: Int
    /// Its MD5, as it is published.
    public var md5: String?
    /// Its SHA-256, computed from a copy whose MD5 agreed.
    public var sha256: String?

    /// Whether it is an archive.
    var isArchive: Bool { Archive.isArchive(name) }
  }

  /// Shape, classes and counts; its name is the catalogue's.
  public var facts: DatasetFacts
  /// How people write the name.
  public var title: String
  /// How its files hold images.
  public var layout: FileLayout
  /// The files, those of a part in the order of its images.
  public var files: [File]
  /// What can be downloaded.
  public var offers: [Offer]
  /// Addresses of folders that have the offers, each ending in a slash.
  public var mirrors: [String]
  /// Folders beside that of its own name in which people have it.
  public var folders: [String]
  /// Under what conditions it may be used.
  public var licence: String
  /// Who made it, and where they described it.
  public var citation: String

  /// Bytes to download.
  public var downloadBytes: Int { offers.reduce(0) { $0 + $1.bytes } }

  /// Whether every file's contents can be checked against a published digest.
  public var isPinned: Bool {
    files.allSatisfy {
      $0.contentSHA256 != nil || $0.contentMD5 != nil || $0.packedSHA256 != nil
    }
  }

  /// Whether everything on offer has a published digest.
  public var offersArePinned: Bool { offers.allSatisfy { $0.md5 != nil || $0.sha256 != nil } }

  /// The folder of the user's cache that downloads go to; data sets from one archive share it.
  public var cacheFolder: String { folders.first ?? facts.name }

  /// The data sets that can be found or downloaded.
  public static let all: [CatalogueEntry] =
    [mnist, fashionMNIST, cifar10, cifar100, svhn, svhnExtra] + emnist

  /// The entry of this name, or nil.
  public static func named(_ name: String) -> CatalogueEntry? {
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
