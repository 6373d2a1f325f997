import Glibc
import Synchronization

// The C library's allocation functions, taken over by this executable: the linker gives these
// functions their names (see Package.swift), and shared libraries resolve them here too, so that
// nothing a training step calls can allocate unseen. They are public because a hidden symbol would
// not be found by those libraries.

/// Calls so far of functions that hand out memory.
let allocationCount = Atomic<Int>(0)

@_silgen_name("__libc_malloc")
private func originalMalloc(_ size: Int) -> UnsafeMutableRawPointer?
@_silgen_name("__libc_calloc")
private func originalCalloc(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer?
@_silgen_name("__libc_realloc")
private func originalRealloc(
  _ memory: UnsafeMutableRawPointer?, _ size: Int
) -> UnsafeMutableRawPointer?
@_silgen_name("__libc_memalign")
private func originalMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer?

private func count() { allocationCount.wrappingAdd(1, ordering: .relaxed) }

/// Counted `malloc`.
@_cdecl("counting_malloc")
public func countingMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalMalloc(size)
}

/// Counted `calloc`.
@_cdecl("counting_calloc")
public func countingCalloc(_ number: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalCalloc(number, size)
}

/// Counted `realloc`.
@_cdecl("counting_realloc")
public func countingRealloc(
  _ memory: UnsafeMutableRawPointer?, _ size: Int
) -> UnsafeMutableRawPointer? {
  count()
  return originalRealloc(memory, size)
}

/// Counted `memalign`.
@_cdecl("counting_memalign")
public func countingMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalMemalign(alignment, size)
}

/// Counted `aligned_alloc`.
@_cdecl("counting_aligned_alloc")
public func countingAlignedAlloc(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalMemalign(alignment, size)
}

/// Counted `posix_memalign`.
@_cdecl("counting_posix_memalign")
public func countingPosixMemalign(
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ size: Int
) -> Int32 {
  count()
  guard let memory = originalMemalign(alignment, size) else { return ENOMEM }
  result.pointee = memory
  return 0
}
