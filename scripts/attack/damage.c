// damage FILE KIND SEED: damages a file in place, as disks, copying and editors do. Ends with 1 where
// the file is as it was, for instance because it is empty.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static uint64_t draw(uint64_t limit) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t word = state;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
  return (word ^ (word >> 31)) % limit;
}

int main(int count, char **words) {
  if (count != 4) {
    fprintf(stderr, "usage: damage FILE flip|digit|cut|empty|double|noise|zeros|hole SEED\n");
    return 64;
  }
  const char *kind = words[2];
  state = strtoull(words[3], NULL, 10);
  FILE *file = fopen(words[1], "rb");
  if (file == NULL) {
    return 66;
  }
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(2 * size + 2);
  if (bytes == NULL || fread(bytes, 1, size, file) != size) {
    return 74;
  }
  fclose(file);
  unsigned char *before = malloc(size + 1);
  if (before == NULL) {
    return 74;
  }
  memcpy(before, bytes, size);
  size_t length = size;
  if (size == 0) {
    return 1;
  }
  if (strcmp(kind, "flip") == 0) {
    bytes[draw(size)] ^= (unsigned char)(1u << draw(8));
  } else if (strcmp(kind, "digit") == 0) {
    // The damage that looks most like the truth: one digit for another.
    size_t start = draw(size);
    for (size_t step = 0; step < size; step++) {
      unsigned char *byte = bytes + (start + step) % size;
      if (*byte >= '0' && *byte <= '9') {
        *byte = (unsigned char)('0' + (*byte - '0' + 1 + draw(9)) % 10);
        break;
      }
    }
  } else if (strcmp(kind, "cut") == 0) {
    length = draw(size);
  } else if (strcmp(kind, "empty") == 0) {
    length = 0;
  } else if (strcmp(kind, "double") == 0) {
    memcpy(bytes + size, bytes, size);
    length = 2 * size;
  } else if (strcmp(kind, "noise") == 0) {
    for (size_t index = 0; index < size; index++) {
      bytes[index] = (unsigned char)draw(256);
    }
  } else if (strcmp(kind, "zeros") == 0) {
    memset(bytes, 0, size);
  } else if (strcmp(kind, "hole") == 0) {
    // A block that never reached the disk.
    size_t start = draw(size);
    size_t width = 1 + draw(size - start);
    memset(bytes + start, 0, width);
  } else {
    return 64;
  }
  if (length == size && memcmp(before, bytes, size) == 0) {
    return 1;
  }
  file = fopen(words[1], "wb");
  if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) {
    return 74;
  }
  return 0;
}
