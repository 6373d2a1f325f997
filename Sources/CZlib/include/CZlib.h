#ifndef CZLIB_H
#define CZLIB_H

#include <zlib.h>

/// inflateInit2 is a macro that Swift cannot import. `window_bits` as zlib documents it: 31 for a
/// gzip member, 15 for a zlib stream, -15 for raw deflate.
static inline int regbench_inflate_init(z_streamp stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}

/// deflateInit2 likewise; used to make test fixtures and caches.
static inline int regbench_deflate_init(z_streamp stream, int level, int window_bits) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}

#endif
