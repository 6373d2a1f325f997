import Canonical
import Glibc

/// Lets processes, also on several machines with one file system, share work without a server: who
/// creates the file of a piece of work has claimed it.
///
/// A claim names its owner and carries a counter that the owner raises every half minute. A claim
/// whose owner has certainly ended, or that has not changed for five minutes of the observer's own
/// clock (clocks of machines are never compared), is taken over; one that cannot be read, since it
/// is damaged or not written yet, already after three seconds. Should the owner live after all, the work
/// is done twice; that must be harmless.
package final class ClaimFolder {
  /// What became of the wish for a claim.
  package enum Attempt: Equatable, Sendable {
    /// It is this process's.
    case taken
    /// Another process has it: host and process.
    case held(by: String)
  }

  /// Seconds between two raises of the counter.
  package static let beatSeconds = 30.0
  /// Seconds without a change after which a claim is void.
  package static let staleSeconds = 300.0
  /// Seconds without a change after which a claim is void that does not say whose it is.
  static let unreadableSeconds = 3.0
  /// Seconds for which an answer about a foreign claim is good.
  static let glanceSeconds = 1.0

  /// The folder.
  package let path: String
  private let owner: ProcessIdentity
  private let now: () -> Double
  private var counters: [String: Int] = [:]
  private var lastBeat: Double
  private var seen: [String: Observation] = [:]

  private struct Observation {
    var content: [UInt8]
    var since: Double
    var looked: Double
    var holder: String
  }

  /// Opens the folder, or creates it.
  /// - Parameter now: seconds of the monotonic clock.
  package init(
    _ path: String, owner: ProcessIdentity = .current, now: @escaping () -> Double
  ) throws(FileError) {
    self.path = path
    self.owner = owner
    self.now = now
    lastBeat = now()
    try Folder.create(path)
    AtomicFile.removeStale(in: path)
    for name in try Folder.entries(path) where Self.isClaim(name) {
      guard let holder = Self.holder(of: (try? FileContents.read(file(name))) ?? []) else {
        continue
      }
      if holder.isGone(seenFrom: owner) { try? Folder.removeFile(file(name)) }
    }
  }

  deinit { releaseAll() }

  /// Tries to claim a piece of work. `name` is fit for a file.
  package func take(_ name: String) throws(FileError) -> Attempt {
    if counters[name] != nil { return .taken }
    if let known = seen[name], now() - known.looked < Self.glanceSeconds {
      return .held(by: known.holder)
    }
    for _ in 0..<2 {
      if try create(name) {
        counters[name] = 0
        seen[name] = nil
        return .taken
      }
      guard let content = try contents(name) else { continue }
      let holder = Self.holder(of: content)
      let observation = observe(name, content, holder)
      let isGone = holder?.isGone(seenFrom: owner) ?? false
      let patience = holder == nil ? Self.unreadableSeconds : Self.staleSeconds
      guard isGone || now() - observation.since >= patience else { break }
      try remove(name, ifStill: content)
    }
    return .held(by: seen[name]?.holder ?? "another process")
  }

  /// Gives a claim back; one that was lost meanwhile stays its new owner's. Failing to remove the
  /// file is no one's loss: the claim goes stale.
  package func release(_ name: String) {
    guard counters.removeValue(forKey: name) != nil, isStillMine(name) else { return }
    try? Folder.removeFile(file(name))
  }

  /// Gives all claims back.
  package func releaseAll() {
    for name in counters.keys.sorted() { release(name) }
  }

  /// Raises the counters if it is time. Call it more often than every half minute.
  package func renew() {
    guard now() - lastBeat >= Self.beatSeconds else { return }
    lastBeat = now()
    for name in counters.keys.sorted() {
      guard isStillMine(name) else {
        counters[name] = nil
        continue
      }
      let counter = (counters[name] ?? 0) + 1
      counters[name] = counter
      // A disk that takes nothing now stops the training itself soon enough.
      try? replace(name, counter)
    }
  }

  /// The claims in a folder by name, each with host and process of its owner.
  package static func holders(in path: String) -> [String: String] {
    let names = ((try? Folder.entries(path)) ?? []).filter(isClaim)
    return Dictionary(
      names.compactMap { name in
        let bytes = try? FileContents.read(PathName.join(path, name))
        return bytes.flatMap { holder(of: $0) }.map { (name, $0.name) }
      }
    ) { first, _ in first }
  }

  /// The owners in a folder that are not known to have ended.
  package static func living(in path: String) -> [String] {
    let names = ((try? Folder.entries(path)) ?? []).filter(isClaim)
    let owners = names.compactMap { name in
      (try? FileContents.read(PathName.join(path, name))).flatMap { holder(of: $0) }
    }
    return Set(owners.filter { !$0.isGone(seenFrom: .current) }.map(\.name)).sorted()
  }

  // MARK: - Files

  private static func isClaim(_ name: String) -> Bool { !name.hasPrefix(".") }

  private func file(_ name: String) -> String { PathName.join(path, name) }

  private func content(_ counter: Int) -> [UInt8] {
    let text = "\(owner.text) \(counter)"
    return Array("\(text) \(Self.checksum(text))\n".utf8)
  }

  private static func checksum(_ text: some StringProtocol) -> String {
    String(SHA256.hex(Array(text.utf8)).prefix(8))
  }

  /// Whose claim it is; nil where the checksum at its end is another.
  private static func holder(of content: [UInt8]) -> ProcessIdentity? {
    let words = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard let last = words.last,
      last == checksum(words.dropLast().joined(separator: " "))
    else { return nil }
    return ProcessIdentity(words.dropLast(2))
  }

  /// The claim's bytes; nil if there is none.
  private func contents(_ name: String) throws(FileError) -> [UInt8]? {
    do throws(FileError) { return try FileContents.read(file(name)) } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  private func isStillMine(_ name: String) -> Bool {
    (try? contents(name)).flatMap { $0 }.flatMap(Self.holder) == owner
  }

  /// Writes the claim under a name of its own and links it into place: exclusive, and never seen
  /// half written.
  private func create(_ name: String) throws(FileError) -> Bool {
    let draft = try draft(name, counter: 0)
    defer { unlink(draft) }
    try FaultHook.check(.rename, file(name))
    if link(draft, file(name)) == 0 { return true }
    switch errno {
    case EEXIST: return false
    case EPERM, ENOTSUP, ENOSYS, EMLINK, EXDEV: return try createWithoutLinks(name)
    default: throw .last(file(name), .create)
    }
  }

  /// The same on file systems that have no links.
  private func createWithoutLinks(_ name: String) throws(FileError) -> Bool {
    do throws(FileError) {
      try OutputFile(file(name), flags: O_WRONLY | O_CREAT | O_EXCL).write(content(0))
      return true
    } catch {
      if error.code == EEXIST { return false }
      throw error
    }
  }

  /// Puts a claim with a raised counter in the place of the one before.
  func replace(_ name: String, _ counter: Int) throws(FileError) {
    let draft = try draft(name, counter: counter)
    do throws(FileError) {
      try FaultHook.check(.rename, file(name))
      guard rename(draft, file(name)) == 0 else { throw .last(file(name), .rename) }
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// A name that nobody else writes to, and that is swept away should this process be killed.
  private func temporary(_ name: String) -> String { file(TemporaryName(target: name).text) }

  private func draft(_ name: String, counter: Int) throws(FileError) -> String {
    let draft = temporary(name)
    do throws(FileError) {
      try OutputFile(draft, flags: O_WRONLY | O_CREAT | O_TRUNC).write(content(counter))
    } catch {
      unlink(draft)
      throw error.naming(file(name), insteadOf: draft)
    }
    return draft
  }

  private func observe(
    _ name: String, _ content: [UInt8], _ holder: ProcessIdentity?
  ) -> Observation {
    let time = now()
    let since = seen[name].flatMap { $0.content == content ? $0.since : nil } ?? time
    let new = Observation(
      content: content, since: since, looked: time, holder: holder?.name ?? "another process")
    seen[name] = new
    return new
  }

  /// Takes a void claim away. Another observer may have been faster and hold a new one by now: then
  /// that one is put back.
  private func remove(_ name: String, ifStill content: [UInt8]) throws(FileError) {
    let aside = temporary(name)
    try FaultHook.check(.rename, file(name))
    guard rename(file(name), aside) == 0 else {
      if errno == ENOENT { return }
      throw .last(file(name), .rename)
    }
    if (try? FileContents.read(aside)) != content { link(aside, file(name)) }
    unlink(aside)
  }
}
