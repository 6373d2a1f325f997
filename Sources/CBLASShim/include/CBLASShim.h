#ifndef CBLASSHIM_H
#define CBLASSHIM_H

/// C ← alpha·op(A)·op(B) + beta·C, row-major, single precision; op transposes where the flag is not 0.
/// m, n: rows and columns of C; k: inner dimension; lda, ldb, ldc: floats between rows.
void regbench_sgemm(int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                    const float *a, int lda, const float *b, int ldb, float beta, float *c,
                    int ldc);

/// Sets the number of OpenBLAS's own threads; regbench always uses 1.
void regbench_blas_set_threads(int threads);

/// The name of the kernel family that OpenBLAS chose for this CPU, for example "Zen".
const char *regbench_blas_core(void);

/// OpenBLAS's own description of its build.
const char *regbench_blas_config(void);

/// 1 if this build needs only the baseline instruction set.
int regbench_build_is_portable(void);

#endif
