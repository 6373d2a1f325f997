#define _GNU_SOURCE
#include "CBLASShim.h"
#include <cblas.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// OpenBLAS is loaded when the first product is asked for, and not with the program: its constructor
// starts a thread for each core unless told otherwise, and where processes are limited it answers
// with SIGINT, where address space is short with an endless loop. Neither may befall a command that
// multiplies nothing. Linked in, it is the variant without threads of its own, and initialized then.

static __typeof__(&cblas_sgemm) sgemm;
static __typeof__(&openblas_get_corename) core_name;
static __typeof__(&openblas_get_config) build_config;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char trouble[512];
static int leaves_choice;
// For so many threads there was room.
static int prepared = 1;

// What OpenBLAS takes for each thread that multiplies at the same time, and never gives back.
static const size_t buffer_bytes = (size_t)130 << 20;

static int has_room(int threads) {
  size_t bytes = buffer_bytes * (size_t)threads;
  void *room = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) {
    return 0;
  }
  munmap(room, bytes);
  return 1;
}

static void report_shortage(int threads) {
  snprintf(trouble, sizeof trouble,
           "OpenBLAS needs %zu MB of address space for %d thread%s, and the limit leaves less; raise "
           "it with `ulimit -v` or `ulimit -d`",
           (buffer_bytes * (size_t)threads) >> 20, threads, threads == 1 ? "" : "s");
}

// Its own threads would give other bits for other numbers of threads, and its kernels for other
// processors others as well. These run wherever there are AVX2 and FMA, and cost a few per cent.
static void set_choices(void) {
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  setenv("OMP_NUM_THREADS", "1", 1);
  if (!leaves_choice) {
    setenv("OPENBLAS_CORETYPE", regbench_build_is_portable() ? "Prescott" : "Haswell", 1);
  }
}

void regbench_blas_leave_choice(void) { leaves_choice = 1; }

#ifdef REGBENCH_STATIC

// What OpenBLAS has as its constructor; `scripts/install.sh` takes that property away, since it reads
// the environment before main, and nothing may change that before Swift has read the arguments.
void gotoblas_init(void);

static __typeof__(&cblas_sgemm) find(void) {
  set_choices();
  gotoblas_init();
  core_name = openblas_get_corename;
  build_config = openblas_get_config;
  return cblas_sgemm;
}

#else

static __typeof__(&cblas_sgemm) find(void) {
  set_choices();
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    int is_memory = reason != NULL && strstr(reason, "failed to map") != NULL;
    snprintf(trouble, sizeof trouble, "%s: %s",
             is_memory ? "there is too little address space to load OpenBLAS"
                       : "OpenBLAS cannot be loaded (Debian package libopenblas0)",
             reason == NULL ? "unknown reason" : reason);
    return NULL;
  }
  __typeof__(&openblas_set_num_threads) set_threads =
      (__typeof__(&openblas_set_num_threads))dlsym(library, "openblas_set_num_threads");
  core_name = (__typeof__(&openblas_get_corename))dlsym(library, "openblas_get_corename");
  build_config = (__typeof__(&openblas_get_config))dlsym(library, "openblas_get_config");
  __typeof__(&cblas_sgemm) found = (__typeof__(&cblas_sgemm))dlsym(library, "cblas_sgemm");
  if (set_threads == NULL || core_name == NULL || build_config == NULL || found == NULL) {
    snprintf(trouble, sizeof trouble,
             "libopenblas.so.0 is not OpenBLAS, or a version without the C interface");
    return NULL;
  }
  // Its own threads would give other bits for other numbers of threads.
  set_threads(1);
  return found;
}

#endif

static void load(void) {
  __typeof__(&cblas_sgemm) found = find();
  if (found == NULL) {
    return;
  }
  if (!has_room(1)) {
    report_shortage(1);
    return;
  }
  // Takes the buffer while there is room for it.
  float a = 1, b = 1, c = 0;
  found(CblasRowMajor, CblasNoTrans, CblasNoTrans, 1, 1, 1, 1, &a, 1, &b, 1, 0, &c, 1);
  sgemm = found;
}

const char *regbench_blas_prepare(int threads) {
  pthread_once(&once, load);
  if (sgemm == NULL) {
    return trouble;
  }
  pthread_mutex_lock(&lock);
  const char *problem = NULL;
  if (threads > prepared) {
    if (has_room(threads - prepared)) {
      prepared = threads;
    } else {
      report_shortage(threads);
      problem = trouble;
    }
  }
  pthread_mutex_unlock(&lock);
  return problem;
}

void regbench_sgemm(int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                    const float *a, int lda, const float *b, int ldb, float beta, float *c,
                    int ldc) {
  if (sgemm == NULL && regbench_blas_prepare(1) != NULL) {
    // Whoever multiplies has called `regbench_blas_prepare`, and stopped where it found trouble.
    fprintf(stderr, "regbench: error: %s\n", trouble);
    abort();
  }
  sgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,
        transpose_b ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

const char *regbench_blas_core(void) {
  return regbench_blas_prepare(1) == NULL ? core_name() : "missing";
}

const char *regbench_blas_config(void) {
  return regbench_blas_prepare(1) == NULL ? build_config() : trouble;
}
