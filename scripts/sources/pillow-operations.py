#!/usr/bin/env python3
"""Writes Tests/DatasetsTests/Augmentation/PillowReferences.swift: what Pillow makes of one small image.

usage: pillow-operations.py > Tests/DatasetsTests/Augmentation/PillowReferences.swift

AutoAugment's policies are defined by the Python Imaging Library; the operations here are compared with it.
"""
import PIL
from PIL import Image, ImageEnhance, ImageOps

HEIGHT, WIDTH = 8, 10
pixels = bytes(30 + (place * place * 7 + place // 3 * 11) % 200 for place in range(HEIGHT * WIDTH * 3))
image = Image.frombytes("RGB", (WIDTH, HEIGHT), pixels)
grey = (128, 128, 128)


def shear(slope):
    return image.transform(image.size, Image.AFFINE, (1, 0, 0, slope, 1, 0), fillcolor=grey)


def translate(right, down):
    return image.transform(image.size, Image.AFFINE, (1, 0, right, 0, 1, down), fillcolor=grey)


CASES = {
    "color 0.46": ImageEnhance.Color(image).enhance(0.46),
    "color 1.72": ImageEnhance.Color(image).enhance(1.72),
    "contrast 0.1": ImageEnhance.Contrast(image).enhance(0.1),
    "contrast 1.54": ImageEnhance.Contrast(image).enhance(1.54),
    "brightness 0.64": ImageEnhance.Brightness(image).enhance(0.64),
    "brightness 1.9": ImageEnhance.Brightness(image).enhance(1.9),
    "sharpness 0.28": ImageEnhance.Sharpness(image).enhance(0.28),
    "sharpness 1.72": ImageEnhance.Sharpness(image).enhance(1.72),
    "autocontrast": ImageOps.autocontrast(image),
    "equalize": ImageOps.equalize(image),
    "posterize 2": ImageOps.posterize(image, 2),
    "solarize 128": ImageOps.solarize(image, 128),
    "invert": ImageOps.invert(image),
    "rotate 6": image.rotate(6, fillcolor=grey),
    "rotate -21": image.rotate(-21, fillcolor=grey),
    "shear 0.24": shear(0.24),
    "shear -0.21": shear(-0.21),
    "translate 3 -2": translate(3, -2),
}

print("/// What Pillow %s makes of an image of %d×%d×3 whose place i has the value" % (PIL.__version__, HEIGHT, WIDTH))
print("/// 30 + (7·i² + 11·⌊i/3⌋) mod 200; written by scripts/sources/pillow-operations.py.")
print("enum PillowReferences {")
print("  static let height = %d" % HEIGHT)
print("  static let width = %d" % WIDTH)
print("  static let results: [(name: String, pixels: String)] = [")
for name, result in CASES.items():
    text = result.tobytes().hex()
    lines = [text[start:start + 90] for start in range(0, len(text), 90)]
    print("    (")
    print('      "%s",' % name)
    print('      """')
    for line in lines[:-1]:
        print("      %s\\" % line)
    print("      %s" % lines[-1])
    print('      """')
    print("    ),")
print("  ]")
print("}")
