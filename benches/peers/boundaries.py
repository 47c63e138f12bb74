"""The same layer with shapely (GEOS): each shape by itself, then as a coverage in which neighbours share their corners."""

import time

import shapely

import peer
from polygons import polygons

shapes = polygons()
seconds = []
for _ in range(2):
    start = time.perf_counter()
    n_faults = int((~shapely.is_valid(shapes)).sum())
    edges = shapely.coverage_invalid_edges(shapes)
    n_faults += int((~shapely.is_empty(edges)).sum())
    seconds.append(time.perf_counter() - start)
peer.report(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}", seconds, [n_faults])
