/// A data set that configs can name: what is in it, which files hold it, where they come from and
/// whose they are. One file of this folder says everything of a set; `all` lists the sets.
package struct KnownDataset: Sendable {
  /// One of the files that hold the data.
  package struct File: Equatable, Sendable {
    /// The sets of a data set.
    package enum Part: Sendable { case training, test }
    /// What a file holds.
    package enum Contents: Sendable { case images, labels, both }

    /// Its name without `.gz`.
    package var name: String
    /// Whether one trains or tests on it.
    package var part: Part
    package var contents: Contents
    /// Images or labels in it; nil in user files.
    package var count: Int?
    /// SHA-256 of the uncompressed contents, which plain and recompressed copies share; nil where
    /// no copy was seen whose published digest agreed.
    package var contentSHA256: String?
    /// MD5 of the uncompressed contents, where it is published.
    package var contentMD5: String?
    /// SHA-256 of the compressed file, where only that is known.
    package var packedSHA256: String?

    package init(
      name: String, part: Part, contents: Contents, count: Int? = nil,
      contentSHA256: String? = nil, contentMD5: String? = nil, packedSHA256: String? = nil
    ) {
      self.name = name
      self.part = part
      self.contents = contents
      self.count = count
      self.contentSHA256 = contentSHA256
      self.contentMD5 = contentMD5
      self.packedSHA256 = packedSHA256
    }

    /// A file of this name whose contents nobody knows.
    package var anonymous: File { File(name: name, part: part, contents: contents) }
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

    package init(name: String, bytes: Int, md5: String? = nil, sha256: String? = nil) {
      self.name = name
      self.bytes = bytes
      self.md5 = md5
      self.sha256 = sha256
    }
  }

  /// A form in which people have the data set and which is not read.
  package struct UnreadableForm: Sendable {
    /// Files or archives that tell it, relative to a folder that is searched.
    package var names: [String]
    /// What it is.
    package var title: String
    /// What to get instead.
    package var instead: String
  }

  /// Shape, classes and counts, and the name in configs.
  package var facts: DatasetFacts
  /// The name in papers.
  package var title: String
  /// What a sentence calls it that says which data stand in for a paper's; nil is the title.
  package var description: String?
  package var layout: FileLayout
  /// The files, those of a part in the order of its images; none of a set that is embedded in the
  /// program.
  package var files: [File]
  /// What can be downloaded.
  package var offers: [Offer]
  /// Addresses of folders that have the offers, each ending in a slash.
  package var mirrors: [String]
  /// The folder of the user's cache that downloads go to; data sets from one archive share it.
  package var cacheFolder: String
  /// Folders beside `cacheFolder` and that of its own name in which people have it, below one that
  /// is searched; case, hyphens and underscores do not matter.
  package var otherFolders: [String]
  package var unreadableForms: [UnreadableForm]
  /// Under what conditions it may be used.
  package var licence: String
  /// Who made it, and where they described it.
  package var citation: String

  package var name: String { facts.name }
  package var downloadBytes: Int { offers.reduce(0) { $0 + $1.bytes } }

  /// Whether every file's contents can be checked against a published digest.
  package var isPinned: Bool {
    files.allSatisfy {
      $0.contentSHA256 != nil || $0.contentMD5 != nil || $0.packedSHA256 != nil
    }
  }

  /// Whether everything on offer has a published digest.
  package var offersArePinned: Bool { offers.allSatisfy { $0.md5 != nil || $0.sha256 != nil } }

  /// All data sets with a name of their own.
  package static let all: [KnownDataset] =
    [mnist, mnist5k, fashionMNIST] + emnist + [cifar10, cifar100, svhn, svhnExtra]

  /// The data sets that can be found or downloaded.
  package static let inFiles = all.filter { !$0.files.isEmpty }

  /// The data set of this name, whose case does not matter; nil if there is none.
  package static func named(_ name: String) -> KnownDataset? {
    all.first { $0.name == name } ?? all.first { $0.name == name.lowercased() }
  }

  /// The data set that has a file with these contents; digests of another kind are nil.
  package static func holding(sha256: String, md5: String?) -> KnownDataset? {
    all.first { known in
      known.files.contains {
        $0.contentSHA256 == sha256 || (md5 != nil && $0.contentMD5 == md5)
      }
    }
  }

  /// The name of a data set in papers, for names of configs and of published tables; a name that is
  /// not known stays what it is.
  package static func title(of name: String) -> String {
    named(name)?.title ?? titlesInPapersOnly[name] ?? name
  }

  /// What a sentence calls the data of this name.
  package static func description(of name: String) -> String {
    if name == SyntheticSpec.datasetName { return SyntheticSpec.description }
    return named(name)?.description ?? title(of: name)
  }

  /// Data sets of published tables that are not available here.
  private static let titlesInPapersOnly = ["imagenet2012": "ImageNet 2012"]
}
