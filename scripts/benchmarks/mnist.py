"""MNIST from its four IDX files, compressed or not."""

import gzip
from pathlib import Path

import torch


def read(folder, name, header):
    path = Path(folder) / name
    data = path.read_bytes() if path.exists() else gzip.decompress(
        path.with_name(name + ".gz").read_bytes())
    return torch.frombuffer(bytearray(data[header:]), dtype=torch.uint8)


def images_and_labels(folder, kind):
    """Images scaled by 1/256 as count×1×28×28, and classes."""
    images = read(folder, f"{kind}-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)
    return images.float() / 256, read(folder, f"{kind}-labels-idx1-ubyte", 8).long()
