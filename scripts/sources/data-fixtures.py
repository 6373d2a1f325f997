#!/usr/bin/env python3
"""Writes Tests/DatasetsTests/Fixtures: small whole files of every format, and files that are broken in every way.

usage: data-fixtures.py Tests/DatasetsTests/Fixtures

What readers say of the broken ones stands in messages.txt there, which the tests write with REGBENCH_RECORD=1.
"""
import gzip, io, os, struct, sys, tarfile, zipfile, zlib

OUT = sys.argv[1]


def write(name, data):
    path = os.path.join(OUT, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def idx(dimensions, data, kind=8):
    return bytes([0, 0, kind, len(dimensions)]) + b"".join(struct.pack(">I", d) for d in dimensions) + data


def packed(data):
    return gzip.compress(data, mtime=0)


def element(kind, data, order="<"):
    if len(data) <= 4:
        return struct.pack(order + "I", len(data) << 16 | kind) + data.ljust(4, b"\0")
    return struct.pack(order + "II", kind, len(data)) + data + bytes(-len(data) % 8)


def array(name, dimensions, data, kind=9, stored=2, order="<", compress=False):
    inner = element(6, struct.pack(order + "II", kind, 0), order)
    inner += element(5, b"".join(struct.pack(order + "i", d) for d in dimensions), order)
    inner += element(1, name.encode(), order) + element(stored, data, order)
    whole = struct.pack(order + "II", 14, len(inner)) + inner
    if not compress:
        return whole
    small = zlib.compress(whole)
    return struct.pack(order + "II", 15, len(small)) + small


def mat(*arrays, order="<"):
    text = b"MATLAB 5.0 MAT-file, a fixture".ljust(124)
    return text + struct.pack(order + "H", 0x0100) + (b"IM" if order == "<" else b"MI") + b"".join(arrays)


def tar(members):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()[:512 * (2 + 2 * len(members))]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return buffer.getvalue()


def flipped(data, place, bit=0):
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1:]


PAGE = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>\n"
pixels = bytes(place * 7 % 256 for place in range(4 * 3 * 3))
images, labels = idx([4, 3, 3], pixels), idx([4], bytes([1, 9, 0, 3]))
records = b"".join(bytes([label]) + bytes(place % 251 for place in range(12)) for label in (1, 9, 0))
X, y = bytes(range(2 * 2 * 3 * 2)), bytes([1, 10])
digits = mat(array("X", [2, 2, 3, 2], X), array("y", [2, 1], y, kind=6))
squeezed = mat(array("X", [2, 2, 3, 2], X, compress=True), array("y", [2, 1], y, kind=6, compress=True))
big = mat(array("X", [2, 2, 3, 2], X, order=">"), array("y", [2, 1], y, kind=6, order=">"), order=">")
archive, bundle = tar([("d/a", b"123")]), zipped([("d/a", b"123" * 30)])

for name, data in {
    "images.idx": images, "labels.idx": labels, "images.idx.gz": packed(images), "records.bin": records,
    "digits.mat": digits, "digits-compressed.mat": squeezed, "digits-big-endian.mat": big,
    "members.tar": archive, "members.tar.gz": packed(archive), "members.zip": bundle,
}.items():
    write("whole/" + name, data)

bomb = zipped([("d/a", bytes(1 << 16))])
place = bomb.rindex(b"PK\1\2") + 24

FORMATS = {
    "images.idx": images, "labels.idx": labels, "images.idx.gz": packed(images), "records.bin": records,
    "digits.mat": digits, "digits-compressed.mat": squeezed, "members.tar": archive, "members.tar.gz": packed(archive),
    "members.zip": bundle,
}
for name, data in FORMATS.items():
    write("broken/empty." + name, b"")
    write("broken/page." + name, PAGE)
    write("broken/truncated." + name, data[:-5])
    write("broken/trailing." + name, data + b"trailing")

BROKEN = {
    "magic.images.idx": b"\1\2\3\4" + images[4:], "swapped.images.idx": labels, "swapped.labels.idx": images,
    "lying-size.images.idx": idx([2 ** 31, 28, 28], pixels), "no-images.images.idx": idx([0, 3, 3], b""),
    "floats.images.idx": idx([1, 2, 2], bytes(16), kind=0x0D), "label.labels.idx": idx([3], bytes([1, 10, 2])),
    "gzip-under-plain-name.images.idx": packed(images), "header-cut.images.idx": images[:9],
    "plain-under-gz-name.images.idx.gz": images, "crc.images.idx.gz": flipped(packed(images), -8),
    "flipped-bit.images.idx.gz": flipped(packed(images), 14, 3), "bomb.labels.idx.gz": packed(idx([4], bytes(1 << 20))),
    "lying-size.images.idx.gz": packed(idx([2 ** 31, 28, 28], pixels)),
    "label.records.bin": flipped(records, 13, 6), "python-version.records.bin": b"\x80\x02}q\x01(U\x0bbatch_label",
    "flipped-bit.digits-compressed.mat": flipped(squeezed, 150, 2), "version-7.3.digits.mat": b"MATLAB 7.3 MAT-file".ljust(512),
    "no-order.digits.mat": digits[:126] + b"??" + digits[128:],
    "lying-size.digits.mat": mat(array("X", [32, 32, 3, 10 ** 6], X), array("y", [2, 1], y)),
    "no-labels.digits.mat": mat(array("X", [2, 2, 3, 2], X)), "counts.digits.mat": mat(array("X", [2, 2, 3, 2], X), array("y", [1, 1], b"\1")),
    "label.digits.mat": mat(array("X", [2, 2, 3, 2], X), array("y", [2, 1], b"\1\0")),
    "floats.digits.mat": mat(array("X", [2, 2, 3, 2], X), array("y", [2, 1], struct.pack("<dd", 1, 2.5), kind=6, stored=9)),
    "bomb.digits.mat": mat(array("X", [2, 2, 3, 2], bytes(1 << 20), compress=True)),
    "flipped-bit.members.tar": flipped(archive, 3), "member-lacks.members.tar": tar([("d/b", b"123")]),
    "crc.members.tar.gz": flipped(packed(archive), -8), "flipped-bit.members.zip": flipped(bundle, 38, 1),
    "lying-crc.members.zip": flipped(bundle, bundle.rindex(b"PK\1\2") + 16),
    "lying-size.members.zip": flipped(bundle, bundle.rindex(b"PK\1\2") + 24), "member-lacks.members.zip": zipped([("d/b", b"1")]),
    "method.members.zip": zipped([("d/a", b"123" * 30)], zipfile.ZIP_BZIP2),
    "bomb.members.zip": bomb[:place] + struct.pack("<I", 100) + bomb[place + 4:],
}
for name, data in BROKEN.items():
    write("broken/" + name, data)
