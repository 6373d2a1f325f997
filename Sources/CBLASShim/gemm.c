#include "CBLASShim.h"
#include <cblas.h>

void regbench_sgemm(int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                    const float *a, int lda, const float *b, int ldb, float beta, float *c,
                    int ldc) {
  cblas_sgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,
              transpose_b ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c,
              ldc);
}

void regbench_blas_set_threads(int threads) { openblas_set_num_threads(threads); }

const char *regbench_blas_core(void) { return openblas_get_corename(); }

const char *regbench_blas_config(void) { return openblas_get_config(); }
