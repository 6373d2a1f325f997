/// The epochs of a training as curves count them.
struct EpochScale {
  /// Updates in an epoch, at least 1.
  let updatesPerEpoch: Int
  /// Updates of the whole training.
  let totalUpdates: Int

  /// How many epochs are begun, the last perhaps not ended.
  var count: Int { (totalUpdates + updatesPerEpoch - 1) / updatesPerEpoch }

  /// Epochs that are done after so many updates.
  func x(after update: Int) -> Double { Double(update) / Double(updatesPerEpoch) }

  /// Where the end of an epoch, counted from 0, lies.
  func end(of epoch: Int) -> Double {
    x(after: min(totalUpdates, (epoch + 1) * updatesPerEpoch))
  }

  /// The epoch that ends after so many updates, from 0; nil if none does.
  func epoch(endingAfter update: Int) -> Int? {
    guard update > 0, update % updatesPerEpoch == 0 || update == totalUpdates else { return nil }
    return (update - 1) / updatesPerEpoch
  }
}
