#include "CBLASShim.h"
#include <unistd.h>

#ifdef REGBENCH_PORTABLE

int regbench_build_is_portable(void) { return 1; }

#else

int regbench_build_is_portable(void) { return 0; }

#if defined(__x86_64__)
/// Runs before main, compiled for the baseline: a CPU without AVX2 and FMA gets a sentence and
/// exit code 69 instead of an illegal instruction.
__attribute__((constructor)) static void check_cpu(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("bmi2")) {
    return;
  }
  static const char message[] =
      "regbench: this build needs a CPU with AVX2, FMA and BMI2 (x86-64-v3); build it with "
      "REGBENCH_PORTABLE=1 for this one\n";
  ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
  (void)written;
  _exit(69);
}
#endif

#endif
