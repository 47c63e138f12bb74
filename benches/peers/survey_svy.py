"""The same means with svy, the best Python package for surveys; the file is read outside of its time."""

import pathlib
import sys
import time

import polars
import svy

import peer

rows = polars.read_parquet(pathlib.Path(sys.argv[1]) / "survey.parquet")
sample = svy.Sample(rows, svy.Design(stratum="stratum", psu="psu", wgt="w"))
start = time.perf_counter()
found = sample.estimation.mean("y", by="domain").estimates
seconds = [time.perf_counter() - start]

peer.report("svy 0.35", seconds, [len(found), sum(e.est for e in found), sum(e.se for e in found)])
