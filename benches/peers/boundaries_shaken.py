"""The same layer with shapely (GEOS): each shape by itself, then the area that each pair of near shapes shares."""

import time

import shapely

import peer
from polygons import polygons

# Smaller overlaps are what rounding leaves, square metres.
LEAST_M2 = 1.0

shapes = polygons()
start = time.perf_counter()
n_faults = int((~shapely.is_valid(shapes)).sum())
first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
first, second = first[first < second], second[first < second]
shared = shapely.area(shapely.intersection(shapes[first], shapes[second]))
n_faults += int((shared > LEAST_M2).sum())
seconds = [time.perf_counter() - start]
peer.report(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}", seconds, [n_faults])
