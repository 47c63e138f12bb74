"""The same classification as a plain program of scipy and numpy: labels, sums of labels, the majority rule, holes, levels 1 and 2.

What both levels share is labelled once, holes are looked for in the box of each part, and after the first round only cells
with five labelled neighbours are looked at.
"""

import json
import pathlib
import sys
import time

import numpy
import scipy
from scipy import ndimage

import peer

folder = pathlib.Path(sys.argv[1])
size = json.loads((folder / "size.json").read_text())
people = numpy.fromfile(folder / "people.f64").reshape(size["height"], size["width"])
FOUR = ndimage.generate_binary_structure(2, 1)
EIGHT = ndimage.generate_binary_structure(2, 2)
AROUND = [(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if (r, c) != (0, 0)]


def clusters(mask, structure):
    """The label of each cell, and the people of each label."""
    labels, n = ndimage.label(mask, structure)
    return labels, numpy.bincount(labels.ravel(), weights=people.ravel(), minlength=n + 1)


def kept(found, size):
    labels, sums = found
    keep = sums >= size
    keep[0] = False
    return keep[labels]


def smooth(labels):
    """A cell joins the centre that holds five or more of its eight neighbours, until none does."""
    height, width = labels.shape
    padded = numpy.zeros((height + 2, width + 2), labels.dtype)
    padded[1:-1, 1:-1] = labels
    while True:
        is_in = (padded > 0).astype(numpy.uint8)
        n = sum(is_in[1 + r : 1 + r + height, 1 + c : 1 + c + width] for r, c in AROUND)
        rows, columns = numpy.nonzero((n >= 5) & (is_in[1:-1, 1:-1] == 0))
        around = numpy.stack([padded[rows + 1 + r, columns + 1 + c] for r, c in AROUND])
        around.sort(axis=0)
        # Five of eight sorted numbers are equal: then those at four places from each other are.
        joins = numpy.zeros(len(rows), labels.dtype)
        for i in range(4):
            equal = (around[i] == around[i + 4]) & (around[i] > 0)
            joins[equal] = around[i][equal]
        if not joins.any():
            return padded[1:-1, 1:-1]
        padded[rows + 1, columns + 1] = joins


def fill(labels, most=14):
    """The cells of small holes of each part join it; the innermost part wins."""
    out = labels.copy()
    parts = []
    # Parts of different centres may touch, so each centre is labelled within its own box.
    for label, box in enumerate(ndimage.find_objects(labels), 1):
        if box is None:
            continue
        mine = labels[box] == label
        of, n = ndimage.label(mine, FOUR)
        for part, inner in enumerate(ndimage.find_objects(of), 1):
            own = of[inner] == part
            parts.append((own.size, label, box, inner, own))
    for _, label, box, inner, own in sorted(parts, key=lambda p: -p[0]):
        outside, n = ndimage.label(numpy.pad(~own, 1, constant_values=True), FOUR)
        if n < 2:
            continue
        sizes = numpy.bincount(outside.ravel())
        small = sizes <= most
        small[[0, outside[0, 0]]] = False
        holes = small[outside[1:-1, 1:-1]]
        view = out[box][inner]
        view[holes & (labels[box][inner] == 0)] = label
    return out


def classify():
    dense = clusters(people >= 1500, FOUR)
    labels, sums = dense
    keep = sums >= 50_000
    keep[0] = False
    # Few labels are left, so they are numbered anew.
    number = numpy.where(keep, numpy.cumsum(keep), 0).astype(numpy.int32)
    centre = fill(smooth(number[labels])) > 0
    settled = clusters(people >= 300, EIGHT)
    semi = clusters(people >= 900, FOUR)
    urban = kept(settled, 5_000)
    level_1 = numpy.where(centre, 3, numpy.where(urban, 2, 1)).astype(numpy.uint8)

    level_2 = numpy.where(people >= 50, 12, 11).astype(numpy.uint8)
    level_2[kept(settled, 500)] = 13
    level_2[urban] = 21
    dense_town = kept(dense, 5_000)
    near = ndimage.maximum_filter((centre | dense_town).astype(numpy.uint8), size=5, mode="constant")
    labels, sums = semi
    keep = sums >= 2_500
    keep[labels[near > 0]] = False
    keep[0] = False
    level_2[keep[labels]] = 22
    level_2[dense_town] = 23
    level_2[centre] = 30
    check = []
    for level, codes in ((level_1, (3, 2, 1, 0)), (level_2, (30, 23, 22, 21, 13, 12, 11, 10))):
        cells = numpy.bincount(level.ravel(), minlength=256)
        sums = numpy.bincount(level.ravel(), weights=people.ravel(), minlength=256)
        for code in codes:
            check += [int(cells[code]), float(sums[code])]
    return check


seconds = []
for _ in range(2):
    start = time.perf_counter()
    check = classify()
    seconds.append(time.perf_counter() - start)

peer.report(f"scipy {scipy.__version__}", seconds, check)
