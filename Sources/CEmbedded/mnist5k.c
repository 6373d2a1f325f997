#include "mnist5k.h"

// #embed came with C23; clang has it in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char images[] = {
#embed "data/mnist-5k-images-idx3-ubyte.gz"
};
static const unsigned char labels[] = {
#embed "data/mnist-5k-labels-idx1-ubyte.gz"
};

regbench_embedded_file regbench_mnist_5k_images(void) {
  return (regbench_embedded_file){images, sizeof images};
}

regbench_embedded_file regbench_mnist_5k_labels(void) {
  return (regbench_embedded_file){labels, sizeof labels};
}
