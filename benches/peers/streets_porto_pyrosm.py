"""As `streets-porto` with pyrosm (reading) and pandana (distances, without its precomputation).

Its walking network follows rules of its own, so that only its size is held against ours, in hundred thousands of nodes.
"""

import importlib.metadata
import pathlib
import sys
import time

import numpy
import pandana
import pandas
import pyrosm

import peer

LIMIT_M = 2_000.0
folder = pathlib.Path(sys.argv[1])
stops = numpy.loadtxt(folder / "stops.csv", delimiter=",")

start = time.perf_counter()
nodes, edges = pyrosm.OSM(str(folder / "city.osm.pbf")).get_network(network_type="walking", nodes=True)
nodes = nodes.drop_duplicates("id").set_index("id")
streets = pandana.Network(nodes["lon"], nodes["lat"], edges["u"], edges["v"], edges[["length"]], twoway=True)
streets.set_pois("stops", LIMIT_M, 1, pandas.Series(stops[:, 0]), pandas.Series(stops[:, 1]))
found = streets.nearest_pois(LIMIT_M, "stops", num_pois=1)[1].to_numpy()
seconds = [time.perf_counter() - start]

if not (found <= 500).any():
    raise SystemExit("pandana found nobody near a stop")
peer.report(
    f"pyrosm {importlib.metadata.version('pyrosm')}, pandana {importlib.metadata.version('pandana')}",
    seconds,
    [round(len(nodes) / 1e5)],
)
