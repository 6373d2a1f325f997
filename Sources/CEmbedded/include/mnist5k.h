#ifndef CEMBEDDED_MNIST5K_H
#define CEMBEDDED_MNIST5K_H
#include <stddef.h>

// A file that is part of the binary.
typedef struct {
  const unsigned char *bytes;
  size_t length;
} regbench_embedded_file;

// 5,000 images of MNIST's training set, sorted by class: gzip-compressed IDX (data/README.md).
regbench_embedded_file regbench_mnist_5k_images(void);
// Their labels, likewise.
regbench_embedded_file regbench_mnist_5k_labels(void);

#endif
