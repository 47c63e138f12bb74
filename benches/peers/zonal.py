"""The same statistics with exactextract, from raster and polygons in memory; the quicker of its two ways."""

import pathlib
import sys
import time

import exactextract
import numpy
import shapely
from exactextract.feature import Feature, FeatureSource
from exactextract.raster import NumPyRasterSource

import peer
from polygons import polygons

SIDE = 4_000
STATISTICS = ["count", "sum", "mean", "min", "max", "stdev"]
folder = pathlib.Path(sys.argv[1])
people = numpy.fromfile(folder / "people.f64").reshape(SIDE, SIDE)
zones = [shapely.to_wkb(shape) for shape in polygons()]


class Zone(Feature):
    def __init__(self, shape=None):
        super().__init__()
        self.shape = shape
        self.values = {}

    def geometry(self):
        return self.shape

    def set(self, name, value):
        self.values[name] = value

    def get(self, name):
        return self.values.get(name)

    def fields(self):
        return list(self.values)


class Zones(FeatureSource):
    def count(self):
        return len(zones)

    def __iter__(self):
        return (Zone(shape) for shape in zones)

    def srs_wkt(self):
        return None


raster = NumPyRasterSource(people, 0, -SIDE * 1000, SIDE * 1000, 0)
seconds = []
for strategy in ("feature-sequential", "raster-sequential", "feature-sequential"):
    start = time.perf_counter()
    rows = exactextract.exact_extract(raster, Zones(), STATISTICS, strategy=strategy, max_cells_in_memory=SIDE * SIDE)
    seconds.append(time.perf_counter() - start)

sums = [float(sum(row["properties"][name] or 0 for row in rows)) for name in STATISTICS]
peer.report(f"exactextract {exactextract.__version__}", seconds, sums)
