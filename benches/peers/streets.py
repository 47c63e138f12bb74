"""The same field with pyosmium (reading) and igraph (distances)."""

import importlib.metadata
import time

import igraph
import numpy
from scipy.spatial import cKDTree

import peer
from walked import LIMIT_M, STOPS, network


def distances(at, edges, metres, sources):
    n = len(at)
    # One node in front of all stops, at no distance from them.
    fan = numpy.stack([numpy.full(len(sources), n), sources], axis=1)
    graph = igraph.Graph(n=n + 1, edges=numpy.concatenate([edges, fan]), directed=False)
    weights = numpy.concatenate([metres, numpy.zeros(len(sources))])
    return numpy.array(graph.distances(source=n, weights=weights)[0][:n])


start = time.perf_counter()
before, at, edges, metres = network()
_, sources = cKDTree(at).query(numpy.round(STOPS * 1e7))
found = distances(at, edges, metres, numpy.unique(sources))
found = numpy.where(found <= LIMIT_M, found, numpy.inf)
seconds = [time.perf_counter() - start]

near = found[numpy.isfinite(found)]
peer.report(
    f"pyosmium {importlib.metadata.version('osmium')}, igraph {igraph.__version__}",
    seconds,
    [
        *before,
        len(at),
        len(edges),
        float(metres.sum() / 1000),
        int((found <= 500).sum()),
        int((found <= 1000).sum()),
        float(near.sum()),
    ],
)
