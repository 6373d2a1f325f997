// SHA-256's compression with the processor's own instructions, which Swift cannot reach. The hash
// around it, and the path for processors without them, is Swift (Canonical/SHA256.swift).
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Whether the processor has instructions for SHA-256; elsewhere the function below must not be called.
int regbench_sha256_has_instructions(void);

/// Absorbs `blocks` blocks of 64 bytes into the eight words of `state`; `constants` are the 64 of FIPS
/// 180-4.
void regbench_sha256_compress(
    uint32_t *state, const uint8_t *data, size_t blocks, const uint32_t *constants);
