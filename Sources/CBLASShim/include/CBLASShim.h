#ifndef CBLASSHIM_H
#define CBLASSHIM_H

/// C ← alpha·op(A)·op(B) + beta·C, row-major, single precision; op transposes where the flag is not 0.
/// m, n: rows and columns of C; k: inner dimension; lda, ldb, ldc: floats between rows.
void regbench_sgemm(int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                    const float *a, int lda, const float *b, int ldb, float beta, float *c,
                    int ldc);

/// Loads OpenBLAS, if that has not been done, with one thread of its own, and makes sure that there
/// is memory for so many threads that call it at the same time. To be called before anything is
/// multiplied. NULL if all is well, and what is wrong, without a full stop, otherwise.
const char *regbench_blas_prepare(int threads);

/// Lets OpenBLAS choose the kernels that are the fastest for this CPU, which then decide about the last
/// bits. To be called before the first of the calls above; without it the kernels are the same on all.
void regbench_blas_leave_choice(void);

/// The name of the kernel family that OpenBLAS chose for this CPU, for example "Zen"; "missing" where
/// it cannot be used.
const char *regbench_blas_core(void);

/// OpenBLAS's own description of its build, or why it cannot be used.
const char *regbench_blas_config(void);

/// 1 if this build needs only the baseline instruction set.
int regbench_build_is_portable(void);

/// Begins to bring the cache line at an address near, which is read or written soon. Here because Swift
/// has no word for it.
static inline void regbench_prefetch(const void *address) { __builtin_prefetch(address, 1, 2); }

#endif
