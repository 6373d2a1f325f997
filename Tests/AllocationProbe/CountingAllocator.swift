import Glibc
import Synchronization

// The C library's allocation functions, taken over by this executable: shared libraries resolve
// them here too, so that nothing a training step calls can allocate unseen.

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

@_cdecl("malloc")
func countingMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalMalloc(size)
}

@_cdecl("calloc")
func countingCalloc(_ number: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalCalloc(number, size)
}

@_cdecl("realloc")
func countingRealloc(
  _ memory: UnsafeMutableRawPointer?, _ size: Int
) -> UnsafeMutableRawPointer? {
  count()
  return originalRealloc(memory, size)
}

@_cdecl("memalign")
func countingMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalMemalign(alignment, size)
}

@_cdecl("aligned_alloc")
func countingAlignedAlloc(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  count()
  return originalMemalign(alignment, size)
}

@_cdecl("posix_memalign")
func countingPosixMemalign(
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ size: Int
) -> Int32 {
  count()
  guard let memory = originalMemalign(alignment, size) else { return ENOMEM }
  result.pointee = memory
  return 0
}
