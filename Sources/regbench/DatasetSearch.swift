import Canonical
import Datasets
import Model
import Report

/// Looks for data sets without downloading any.
struct DatasetSearch {
  /// The folder of `--data`.
  let folder: String?

  /// One data set and where it is.
  struct Finding {
    let facts: DatasetFacts
    /// Where it is, or why it cannot be used.
    let place: Result<Dataset, DatasetError>

    /// What the catalogue says of it; nil for what is embedded.
    private var entry: CatalogueEntry? { CatalogueEntry.named(facts.name) }

    /// What is embedded is a part of MNIST.
    private var licence: String { (entry ?? .mnist).licence }

    /// Some lines for people.
    var text: String {
      let counts =
        "\(facts.shape), \(facts.classes) classes, "
        + "\(DecimalText.grouped(facts.training)) training and \(DecimalText.grouped(facts.test)) "
        + "test images"
      let download = entry.map { "  download: \(size($0)) from \($0.mirrors[0])\n" } ?? ""
      return "\(facts.name)\n  \(counts)\n  licence: \(licence)\n\(download)  \(state)\n"
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

    private func size(_ entry: CatalogueEntry) -> String {
      "\(DecimalText.grouped(entry.downloadBytes / 1_000_000)) MB"
    }

    var json: JSONValue {
      var members: [JSONValue.Member] = [
        .init("name", .string(facts.name)), .init("training", .number(facts.training)),
        .init("test", .number(facts.test)), .init("classes", .number(facts.classes)),
        .init("licence", .string(licence)),
      ]
      if let entry {
        members.append(.init("citation", .string(entry.citation)))
        members.append(.init("pinned", .bool(entry.isPinned)))
        members.append(
          .init(
            "downloads",
            .array(
              entry.offers.map { offer in
                .object([
                  "addresses": .array(entry.mirrors.map { .string($0 + offer.name) }),
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

  /// Every data set with files.
  func all() -> [Finding] {
    DatasetFacts.all.map { facts in
      Finding(
        facts: facts, place: Self.result { () throws(DatasetError) in try dataset(facts.name) })
    }
  }

  /// The named data sets, or all that are there, read anew.
  func verified(_ names: [String]?) -> [Finding] {
    let locator = DatasetLocator(dataFolder: folder, offline: true, say: { _ in })
    let entries = CatalogueEntry.all.filter { names?.contains($0.facts.name) ?? true }
    let findings = entries.map { entry in
      Finding(
        facts: entry.facts,
        place: Self.result { () throws(DatasetError) in try locator.verify(entry) })
    }
    guard names == nil else { return findings }
    return findings.filter {
      if case .failure(let error) = $0.place { error.kind != .missing } else { true }
    }
  }

  /// Opens a data set by name.
  func open(_ name: String) throws -> Dataset {
    try checkName(name)
    return try dataset(name)
  }

  /// Whether there is a data set of this name.
  func checkName(_ name: String) throws(Failure) {
    let known = DatasetFacts.all.map(\.name)
    guard known.contains(name) else { throw Failure.unknown("data set", name, known: known) }
  }

  private func dataset(_ name: String) throws(DatasetError) -> Dataset {
    try DatasetLocator(dataFolder: folder, offline: true, say: { _ in })
      .open(DatasetSpec(name: name, validation: 0, scale: 1))
  }

  private static func result(
    _ work: () throws(DatasetError) -> Dataset
  ) -> Result<Dataset, DatasetError> {
    do throws(DatasetError) { return .success(try work()) } catch { return .failure(error) }
  }
}
