"""The same field with pyosmium (reading) and pandana (distances, with its precomputation for the limit).

Its distances are rounded, so that only the network is held against ours.
"""

import importlib.metadata
import time

import pandana
import pandas

import peer
from walked import LIMIT_M, STOPS, network

start = time.perf_counter()
before, at, edges, metres = network()
x, y = (pandas.Series(at[:, axis] / 1e7) for axis in (0, 1))
ends = [pandas.Series(edges[:, end]) for end in (0, 1)]
streets = pandana.Network(x, y, *ends, pandas.DataFrame({"metres": metres}), twoway=True)
streets.precompute(LIMIT_M)
streets.set_pois("stops", LIMIT_M, 1, pandas.Series(STOPS[:, 0]), pandas.Series(STOPS[:, 1]))
found = streets.nearest_pois(LIMIT_M, "stops", num_pois=1)[1].to_numpy()
seconds = [time.perf_counter() - start]

if not (found <= 500).any():
    raise SystemExit("pandana found nobody near a stop")
peer.report(
    f"pyosmium {importlib.metadata.version('osmium')}, pandana {importlib.metadata.version('pandana')}",
    seconds,
    [*before, len(at), len(edges), float(metres.sum() / 1000)],
)
