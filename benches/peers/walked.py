"""The walking network of an extract with pyosmium, for the peers that search it.

Only what the network needs is done by hand: which ways are walked, lengths on the sphere, parts that are too short.
"""

import pathlib
import sys

import numpy
import osmium
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

LIMIT_M, LEAST_PART_M, RADIUS_M = 2_000.0, 1_000.0, 6_371_008.8
WALKED = set(
    "trunk trunk_link primary primary_link secondary secondary_link tertiary tertiary_link unclassified residential "
    "living_street service pedestrian footway path steps track road corridor bridleway cycleway".split()
)
folder = pathlib.Path(sys.argv[1])
path = str(folder / "city.osm.pbf")
STOPS = numpy.loadtxt(folder / "stops.csv", delimiter=",")


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


def network():
    """How many nodes and edges there were; places, edges and lengths in metres of the parts that are long enough."""
    at, edges = read()
    n_nodes, n_edges = len(at), len(edges)
    metres = lengths(at, edges)
    graph = coo_matrix((metres, (edges[:, 0], edges[:, 1])), shape=(n_nodes, n_nodes))
    _, part = connected_components(graph, directed=False)
    long_enough = numpy.bincount(part[edges[:, 0]], weights=metres) >= LEAST_PART_M
    stays = long_enough[part]
    number = numpy.cumsum(stays) - 1
    keep = stays[edges[:, 0]]
    return (n_nodes, n_edges), at[stays], number[edges[keep]], metres[keep]
