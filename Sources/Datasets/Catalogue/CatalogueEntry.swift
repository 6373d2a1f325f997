import Model

/// A data set that can be found and checked: its files, where they are offered, whose they are.
public struct CatalogueEntry: Sendable {
  /// One of the data set's files.
  public struct File: Sendable {
    /// Its name without `.gz`.
    public var name: String
    /// Length of the compressed file that the mirrors offer, in bytes.
    public var compressedBytes: Int
    /// MD5 of that file, as it is published in many places; for people who compare.
    public var compressedMD5: String
    /// SHA-256 of that file.
    public var compressedSHA256: String
    /// SHA-256 of the uncompressed contents, which plain and recompressed copies share.
    public var contentSHA256: String
  }

  /// The four parts of an image data set in IDX files.
  public enum Part: Int, CaseIterable, Sendable {
    /// Images to train on.
    case trainingImages
    /// Their labels.
    case trainingLabels
    /// Images to test on.
    case testImages
    /// Their labels.
    case testLabels
  }

  /// Shape, classes and counts; its name is the catalogue's.
  public var facts: DatasetFacts
  /// How people write the name.
  public var title: String
  /// The files in the order of `Part`.
  public var files: [File]
  /// Addresses of folders that offer the compressed files, each ending in a slash.
  public var mirrors: [String]
  /// Under what conditions it may be used.
  public var licence: String
  /// Who made it, and where they described it.
  public var citation: String

  /// Bytes to download.
  public var downloadBytes: Int { files.reduce(0) { $0 + $1.compressedBytes } }

  /// The data sets that `run` can find or download.
  public static let all = [mnist]

  /// The entry of this name, or nil.
  public static func named(_ name: String) -> CatalogueEntry? {
    all.first { $0.facts.name == name }
  }
}
