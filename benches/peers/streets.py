"""The same field with pyosmium (reading) and igraph (distances).

Only what the network of the extract needs is done by hand: which ways are walked, lengths on the sphere, parts that are too
short, and the node of each stop.
"""

import importlib.metadata
import pathlib
import sys
import time

import igraph
import numpy
import osmium
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

import peer

LIMIT_M, LEAST_PART_M, RADIUS_M = 2_000.0, 1_000.0, 6_371_008.8
WALKED = set(
    "trunk trunk_link primary primary_link secondary secondary_link tertiary tertiary_link unclassified residential "
    "living_street service pedestrian footway path steps track road corridor bridleway cycleway".split()
)
folder = pathlib.Path(sys.argv[1])
path = str(folder / "city.osm.pbf")
stops = numpy.loadtxt(folder / "stops.csv", delimiter=",")


def is_walked(tags):
    highway, foot = tags["highway"], tags.get("foot")
    if highway not in WALKED or tags.get("area") == "yes" or foot in ("no", "private", "use_sidepath"):
        return False
    if foot is None and tags.get("access") in ("no", "private"):
        return False
    if tags.get("service") == "private" or (highway.startswith("trunk") and tags.get("motorroad") == "yes"):
        return False
    return highway not in ("cycleway", "bridleway") or foot in ("yes", "designated", "permissive", "official", "public")


def read():
    """Longitudes and latitudes of nodes in 10⁻⁷ degrees, and pairs of them."""
    ids, pairs, places = [], [], {}
    ways = osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for element in ways.with_filter(osmium.filter.KeyFilter("highway")):
        if not element.is_way() or not is_walked(element.tags):
            continue
        before = None
        for node in element.nodes:
            if not node.location.valid():
                before = None
                continue
            places[node.ref] = (node.location.x, node.location.y)
            if before is not None and before != node.ref:
                pairs.append((before, node.ref))
            before = node.ref
    pairs = numpy.unique(numpy.sort(numpy.array(pairs, dtype=numpy.int64), axis=1), axis=0)
    ids, edges = numpy.unique(pairs, return_inverse=True)
    at = numpy.array([places[i] for i in ids.tolist()], dtype=numpy.int64)
    return at, edges.reshape(pairs.shape)


def lengths(at, edges):
    lon, lat = numpy.radians(at[:, 0] / 1e7), numpy.radians(at[:, 1] / 1e7)
    u, v = edges[:, 0], edges[:, 1]
    h = numpy.sin((lat[v] - lat[u]) / 2) ** 2
    h += numpy.cos(lat[u]) * numpy.cos(lat[v]) * numpy.sin((lon[v] - lon[u]) / 2) ** 2
    return 2 * RADIUS_M * numpy.arcsin(numpy.sqrt(h))


def distances(at, edges, metres, sources):
    n = len(at)
    # One node in front of all stops, at no distance from them.
    fan = numpy.stack([numpy.full(len(sources), n), sources], axis=1)
    graph = igraph.Graph(n=n + 1, edges=numpy.concatenate([edges, fan]), directed=False)
    weights = numpy.concatenate([metres, numpy.zeros(len(sources))])
    return numpy.array(graph.distances(source=n, weights=weights)[0][:n])


def run():
    at, edges = read()
    n_nodes, n_edges = len(at), len(edges)
    metres = lengths(at, edges)
    graph = coo_matrix((metres, (edges[:, 0], edges[:, 1])), shape=(n_nodes, n_nodes))
    _, part = connected_components(graph, directed=False)
    long_enough = numpy.bincount(part[edges[:, 0]], weights=metres) >= LEAST_PART_M
    stays = long_enough[part]
    number = numpy.cumsum(stays) - 1
    keep = stays[edges[:, 0]]
    at, edges, metres = at[stays], number[edges[keep]], metres[keep]
    _, sources = cKDTree(at).query(numpy.round(stops * 1e7))
    found = distances(at, edges, metres, numpy.unique(sources))
    found = numpy.where(found <= LIMIT_M, found, numpy.inf)
    return n_nodes, n_edges, at, edges, metres, found


start = time.perf_counter()
n_nodes, n_edges, at, edges, metres, found = run()
seconds = [time.perf_counter() - start]

near = found[numpy.isfinite(found)]
peer.report(
    f"pyosmium {importlib.metadata.version('osmium')}, igraph {igraph.__version__}",
    seconds,
    [
        n_nodes,
        n_edges,
        len(at),
        len(edges),
        float(metres.sum() / 1000),
        int((found <= 500).sum()),
        int((found <= 1000).sum()),
        float(near.sum()),
    ],
)
