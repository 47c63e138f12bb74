"""Only reads the same file into columns; nothing is judged, compared or written."""

import pathlib
import sys
import time

import polars

from peer import report

path = pathlib.Path(sys.argv[1]) / "observations.csv"
seconds = []
for _ in range(3):
    start = time.perf_counter()
    frame = polars.read_csv(path)
    seconds.append(time.perf_counter() - start)
report("Polars", seconds, [float(frame.height)])
