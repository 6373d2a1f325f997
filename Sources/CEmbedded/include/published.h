#ifndef CEMBEDDED_PUBLISHED_H
#define CEMBEDDED_PUBLISHED_H
#include <stddef.h>

// The numbers that the papers print, one JSON file per paper (data/published).
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t length;
} regbench_published_file;

// How many papers there are.
size_t regbench_published_count(void);
// The file of one paper; index below the count.
regbench_published_file regbench_published(size_t index);

#endif
