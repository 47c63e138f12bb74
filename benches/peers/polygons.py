"""The polygons of a benchmark from its folder: corners as pairs of numbers, 200 of each."""

import pathlib
import sys

import numpy
import shapely

CORNERS = 200


def polygons():
    folder, size = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    return shapely.polygons(numpy.fromfile(folder / "corners.f64").reshape(size, CORNERS, 2))
