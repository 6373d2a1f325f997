import Glibc
import TestSupport
import Testing

@testable import Durable

/// A clock that only moves when it is told to.
private final class Clock {
  var seconds = 1000.0
}

@Suite struct ClaimFolderTests {
  let folder: TemporaryFolder
  private let clock = Clock()

  init() throws { folder = try TemporaryFolder() }

  /// A process of another machine, about which nothing can be known but its claims.
  private func stranger(_ number: Int) -> ProcessIdentity {
    ProcessIdentity(
      host: "node\(number)", process: number, start: "7", machine: "m\(number)",
      boot: "boot\(number)", namespace: "pid:[1]")
  }

  private func claims(_ owner: ProcessIdentity) throws -> ClaimFolder {
    try ClaimFolder(folder.path, owner: owner, now: { [clock] in clock.seconds })
  }

  @Test func `only one of several gets a claim`() throws {
    let first = try claims(stranger(1))
    let second = try claims(stranger(2))
    #expect(try first.take("a") == .taken)
    #expect(try first.take("a") == .taken)
    #expect(try second.take("a") == .held(by: "node1 1"))
    #expect(try second.take("b") == .taken)
    #expect(ClaimFolder.holders(in: folder.path) == ["a": "node1 1", "b": "node2 2"])
  }

  @Test func `a released claim is free at the next look`() throws {
    let first = try claims(stranger(1))
    let second = try claims(stranger(2))
    _ = try first.take("a")
    _ = try second.take("a")
    first.release("a")
    #expect(try second.take("a") == .held(by: "node1 1"))
    clock.seconds += ClaimFolder.glanceSeconds
    #expect(try second.take("a") == .taken)
    #expect(try Folder.entries(folder.path) == ["a"])
  }

  @Test func `a claim that cannot be renewed leaves no file behind`() throws {
    let first = try claims(stranger(1))
    // A folder is not replaced by a file, whoever asks.
    try folder.write("", "a/below")
    let error = #expect(throws: FileError.self) { try first.replace("a", 1) }
    #expect(error?.operation == .rename)
    #expect(try Folder.entries(folder.path) == ["a"])
  }

  @Test func `a claim that is renewed never goes stale`() throws {
    let first = try claims(stranger(1))
    let second = try claims(stranger(2))
    _ = try first.take("a")
    for _ in 0..<40 {
      clock.seconds += ClaimFolder.beatSeconds
      first.renew()
      #expect(try second.take("a") == .held(by: "node1 1"))
    }
  }

  @Test func `a claim that stands still for five minutes is taken over`() throws {
    let first = try claims(stranger(1))
    let second = try claims(stranger(2))
    _ = try first.take("a")
    #expect(try second.take("a") == .held(by: "node1 1"))
    clock.seconds += ClaimFolder.staleSeconds - 1
    #expect(try second.take("a") == .held(by: "node1 1"))
    clock.seconds += 1
    #expect(try second.take("a") == .taken)
    // The owner was only asleep: it notices and leaves the claim alone.
    first.renew()
    first.release("a")
    #expect(ClaimFolder.holders(in: folder.path) == ["a": "node2 2"])
  }

  @Test func `the five minutes are those of the observer's clock`() throws {
    let first = try claims(stranger(1))
    _ = try first.take("a")
    clock.seconds += 10_000
    // Whoever comes later has seen nothing stand still yet.
    #expect(try claims(stranger(2)).take("a") == .held(by: "node1 1"))
  }

  @Test func `of two observers one takes over`() throws {
    _ = try claims(stranger(1)).take("a")
    let dead = try claims(stranger(1))
    _ = try dead.take("a")
    let second = try claims(stranger(2))
    let third = try claims(stranger(3))
    _ = try second.take("a")
    _ = try third.take("a")
    clock.seconds += ClaimFolder.staleSeconds
    #expect(try second.take("a") == .taken)
    #expect(try third.take("a") == .held(by: "node2 2"))
  }

  @Test func `an empty claim goes stale too`() throws {
    try folder.write("", "a")
    let first = try claims(stranger(1))
    #expect(try first.take("a") == .held(by: "another process"))
    clock.seconds += ClaimFolder.staleSeconds
    #expect(try first.take("a") == .taken)
  }

  @Test func `a changed digit makes a claim unreadable, and it is void soon`() throws {
    let first = try claims(stranger(1))
    let second = try claims(stranger(2))
    _ = try first.take("a")
    var bytes = try FileContents.read(folder.file("a"))
    bytes[4] ^= 1
    try folder.write(bytes, "a")
    #expect(try second.take("a") == .held(by: "another process"))
    clock.seconds += ClaimFolder.unreadableSeconds - 1
    #expect(try second.take("a") == .held(by: "another process"))
    clock.seconds += 1
    #expect(try second.take("a") == .taken)
  }

  @Test func `the claim of a process that is gone is void at once`() throws {
    var gone = ProcessIdentity.current
    gone.start = "1"
    #expect(gone.isGone(seenFrom: .current))
    let first = try claims(gone)
    let second = try claims(.current)
    _ = try first.take("a")
    #expect(try second.take("a") == .taken)
    #expect(ClaimFolder.living(in: folder.path) == [ProcessIdentity.current.name])
  }

  @Test func `a machine that was booted again has forgotten its processes`() {
    var before = stranger(1)
    before.boot = "earlier"
    #expect(before.isGone(seenFrom: stranger(1)))
    #expect(!before.isGone(seenFrom: stranger(2)))
    #expect(!ProcessIdentity.current.isGone(seenFrom: .current))
    var elsewhere = ProcessIdentity.current
    elsewhere.namespace = "pid:[2]"
    elsewhere.start = "1"
    #expect(!elsewhere.isGone(seenFrom: .current))
  }

  @Test func `a process that ends gives its claims back`() throws {
    do {
      let first = try claims(stranger(1))
      _ = try first.take("a")
      _ = try first.take("b")
    }
    #expect(try Folder.entries(folder.path).isEmpty)
  }

  @Test func `after a fault anywhere the claim is taken or free`() throws {
    for effect in [FaultHook.Effect.error(EIO), .error(ENOSPC)] {
      let hit = try FaultInjection.everywhere(effect, under: folder.path) {
        try Folder.remove(folder.path)
      } work: {
        let first = try claims(stranger(1))
        _ = try first.take("a")
        clock.seconds += ClaimFolder.beatSeconds
        first.renew()
        first.release("a")
      } check: { _ in
        clock.seconds += ClaimFolder.staleSeconds
        let second = try claims(stranger(2))
        if try second.take("a") != .taken {
          clock.seconds += ClaimFolder.staleSeconds
          #expect(try second.take("a") == .taken)
        }
      }
      #expect(hit > 5)
    }
  }
}
