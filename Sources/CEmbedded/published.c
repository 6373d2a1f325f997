#include "published.h"

// #embed came with C23; clang has it in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char shakeout[] = {
#embed "data/published/shakeout.json"
};
static const unsigned char drop_activation[] = {
#embed "data/published/drop-activation.json"
};
static const unsigned char marginalized_noise[] = {
#embed "data/published/marginalized-noise.json"
};
static const unsigned char delayed_strong_regularization[] = {
#embed "data/published/delayed-strong-regularization.json"
};

static const regbench_published_file files[] = {
    {"shakeout.json", shakeout, sizeof shakeout},
    {"drop-activation.json", drop_activation, sizeof drop_activation},
    {"marginalized-noise.json", marginalized_noise, sizeof marginalized_noise},
    {"delayed-strong-regularization.json", delayed_strong_regularization,
     sizeof delayed_strong_regularization},
};

size_t regbench_published_count(void) { return sizeof files / sizeof files[0]; }

regbench_published_file regbench_published(size_t index) { return files[index]; }
