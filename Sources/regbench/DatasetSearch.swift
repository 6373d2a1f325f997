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
    let licence: String
    /// Where it is, or why it cannot be used.
    let place: Result<String, DatasetError>

    /// Some lines for people.
    var text: String {
      let counts =
        "\(facts.shape), \(facts.classes) classes, "
        + "\(DecimalText.grouped(facts.training)) training and \(DecimalText.grouped(facts.test)) "
        + "test images"
      return "\(facts.name)\n  \(counts)\n  licence: \(licence)\n  \(state)\n"
    }

    /// Where it is, in a sentence.
    var state: String {
      switch place {
      case .success(let origin): "found: \(origin)"
      case .failure(let error) where error.kind == .missing: "not found"
      case .failure(let error): error.message
      }
    }

    var json: JSONValue {
      var members: [JSONValue.Member] = [
        .init("name", .string(facts.name)), .init("training", .number(facts.training)),
        .init("test", .number(facts.test)), .init("classes", .number(facts.classes)),
        .init("licence", .string(licence)),
      ]
      switch place {
      case .success(let origin): members.append(.init("found", .string(origin)))
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
      let place: Result<String, DatasetError>
      do throws(DatasetError) {
        place = .success(try dataset(facts.name).origin)
      } catch {
        place = .failure(error)
      }
      return Finding(facts: facts, licence: Self.licence(of: facts.name), place: place)
    }
  }

  /// Opens a data set by name.
  func open(_ name: String) throws -> Dataset {
    let known = DatasetFacts.all.map(\.name)
    guard known.contains(name) else { throw Failure.unknown("data set", name, known: known) }
    return try dataset(name)
  }

  private func dataset(_ name: String) throws(DatasetError) -> Dataset {
    try DatasetLocator(dataFolder: folder, offline: true, say: { _ in })
      .open(DatasetSpec(name: name, validation: 0, scale: 1))
  }

  /// What is embedded is a part of MNIST.
  private static func licence(of name: String) -> String {
    (CatalogueEntry.named(name) ?? .mnist).licence
  }
}
