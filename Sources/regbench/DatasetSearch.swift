import Canonical
import Datasets
import Durable
import Model
import Report

/// Looks for data sets without downloading any.
struct DatasetSearch {
  let locator: DatasetLocator

  /// One data set and where it is.
  struct Finding {
    let known: KnownDataset
    /// Where it is, or why it cannot be used.
    let place: Result<Dataset, DatasetError>

    /// Some lines for people.
    var text: String {
      let facts = known.facts
      let counts =
        "\(facts.shape), \(facts.classes) classes, "
        + "\(DecimalText.grouped(facts.training)) training and \(DecimalText.grouped(facts.test)) "
        + "test images"
      let download = known.mirrors.first.map {
        "  download: \(DecimalText.grouped(known.downloadBytes / 1_000_000)) MB from \($0)\n"
      }
      return
        "\(known.name)\n  \(counts)\n  licence: \(known.licence)\n\(download ?? "")  \(state)\n"
    }

    /// Where it is, in a sentence.
    var state: String {
      switch place {
      case .success(let dataset) where dataset.isVerified: "whole: \(dataset.origin)"
      case .success(let dataset): "whole, but unpinned (no published digest): \(dataset.origin)"
      case .failure(let error) where error.kind == .missing: "not found"
      case .failure(let error): "damaged: \(error.message)"
      }
    }

    var json: JSONValue {
      let facts = known.facts
      var members: [JSONValue.Member] = [
        .init("name", .string(known.name)), .init("training", .number(facts.training)),
        .init("test", .number(facts.test)), .init("classes", .number(facts.classes)),
        .init("licence", .string(known.licence)),
      ]
      if !known.files.isEmpty {
        members.append(.init("citation", .string(known.citation)))
        members.append(.init("pinned", .bool(known.isPinned)))
        members.append(
          .init(
            "downloads",
            .array(
              known.offers.map { offer in
                .object([
                  "addresses": .array(known.mirrors.map { .string($0 + offer.name) }),
                  "bytes": .number(offer.bytes), "md5": offer.md5.map { .string($0) } ?? .null,
                  "sha256": offer.sha256.map { .string($0) } ?? .null,
                ])
              })))
      }
      switch place {
      case .success(let dataset):
        members.append(.init("found", .string(dataset.origin)))
        members.append(.init("verified", .bool(dataset.isVerified)))
      case .failure(let error):
        members.append(.init("found", .null))
        members.append(.init("reason", .string(error.message)))
      }
      return .object(members)
    }
  }

  /// Every known data set.
  func all() -> [Finding] {
    KnownDataset.all.map { known in
      Finding(
        known: known, place: Self.result { () throws(DatasetError) in try dataset(known) })
    }
  }

  /// The named data sets, or all that are there, read anew.
  func verified(_ names: [String]?) -> [Finding] {
    let wanted = names?.compactMap { KnownDataset.named($0)?.name }
    let findings = KnownDataset.inFiles.filter { wanted?.contains($0.name) ?? true }.map { known in
      Finding(
        known: known,
        place: Self.result { () throws(DatasetError) in try locator.verify(known) })
    }
    guard names == nil else { return findings }
    return findings.filter {
      if case .failure(let error) = $0.place { error.kind != .missing } else { true }
    }
  }

  /// Opens a data set by name.
  func open(_ name: String) throws -> Dataset { try dataset(try known(name)) }

  /// Opens user files: a folder, or one file with everything.
  func open(userFiles path: String) throws(DatasetError) -> Dataset {
    try locator.open(
      DatasetSpec(
        name: PathName.last(of: path), validation: 0, scale: 1, files: path, unverified: true)
    ) { StandardStreams.talk($0) }
  }

  /// The name of the data set of the catalogue that user files are, bit by bit; nil where they are none.
  func published(like dataset: Dataset, at path: String) -> String? {
    let here = DatasetLocator(dataFolder: path, offline: true)
    return KnownDataset.inFiles.first { known in
      guard known.facts == dataset.facts,
        let found = try? here.open(
          DatasetSpec(name: known.name, validation: 0, scale: 1), say: { _ in })
      else { return false }
      return found.isVerified && found.digest == dataset.digest
    }?.name
  }

  /// The data set of this name.
  @discardableResult
  func known(_ name: String) throws(Failure) -> KnownDataset {
    guard let known = KnownDataset.named(name) else {
      throw Failure.unknown("data set", name, known: KnownDataset.all.map(\.name))
    }
    return known
  }

  private func dataset(_ known: KnownDataset) throws(DatasetError) -> Dataset {
    try locator.open(DatasetSpec(name: known.name, validation: 0, scale: 1)) {
      StandardStreams.talk($0)
    }
  }

  private static func result(
    _ work: () throws(DatasetError) -> Dataset
  ) -> Result<Dataset, DatasetError> {
    do throws(DatasetError) { return .success(try work()) } catch { return .failure(error) }
  }
}
