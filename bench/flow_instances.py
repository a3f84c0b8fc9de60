"""Networks to measure maximum flow on: the families of instances that its literature is measured on.

Every function gives a FlowNetwork; INSTANCES lists those of scripts/bench. The same seed gives the same bytes, with any
version of NumPy. The laws of each family are held by tests/house/flow_instances.py.
"""
from dataclasses import dataclass

import numpy as np


@dataclass
class FlowNetwork:
    """Arcs with whole capacities, and the two nodes between which the flow is asked for."""

    nodes: int
    source: np.ndarray
    target: np.ndarray
    capacity: np.ndarray
    ends: tuple
    directed: bool = True  # or every edge carries either way

    def write(self, path):
        """The file that bench/protocol.hpp reads: three columns, and behind them the ends and whether arcs are directed."""
        head = [self.nodes, len(self.source)]
        np.concatenate([np.asarray(part, dtype=np.uint32) for part in (head, self.source, self.target, self.capacity, self.ends, [self.directed])]).tofile(path)


class Draws:
    """Random numbers by SplitMix64 (Steele, Lea and Flood 2014), which no library can change."""

    def __init__(self, seed):
        self.state = (seed * 0xD1342543DE82EF95 + 1) % 2**64

    def words(self, count):
        with np.errstate(over="ignore"):
            z = np.uint64(self.state) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            self.state = int(z[-1]) if count else self.state
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            return z ^ (z >> np.uint64(31))

    def whole(self, count, least, most):
        return least + (self.words(count) % np.uint64(most - least + 1)).astype(np.int64)

    def order(self, count):
        return np.argsort(self.words(count), kind="stable")


def joined(nodes, parts, ends, directed=True):
    """A network of parts, each (source, target, capacity); a single number stands for as many of it as needed."""
    columns = [np.broadcast_arrays(*map(np.asarray, part)) for part in parts]
    return FlowNetwork(nodes, *(np.concatenate([part[i] for part in columns]).astype(np.int64) for i in range(3)), ends, directed)


def neighbours(rows, columns):
    """The pairs of a lattice of rows x columns nodes, numbered row by row: to the right, then down."""
    node = np.arange(rows * columns).reshape(rows, columns)
    return (np.concatenate((node[:, :-1].ravel(), node[:-1].ravel())), np.concatenate((node[:, 1:].ravel(), node[1:].ravel())))


def rmf(side, frames, most, seed):
    """Frames of side x side nodes, each a lattice of wide arcs; from every node one arc to the next frame, in random order.

    Goldfarb and Grigoriadis 1988, A computational comparison of the Dinic and network simplex methods for maximum flow.
    Long where frames = side^2, wide where side = frames^2 (Cherkassky and Goldberg 1997).
    """
    draws, area = Draws(seed), side * side
    u, v = neighbours(side, side)
    start = np.arange(frames)[:, None] * area
    inside = [((start + a).ravel(), (start + b).ravel(), most * area) for a, b in ((u, v), (v, u))]
    across = [(frame * area + np.arange(area), (frame + 1) * area + draws.order(area), draws.whole(area, 1, most)) for frame in range(frames - 1)]
    return joined(area * frames, inside + across, (0, area * frames - 1))


def random_levels(levels, width, most, seed, arcs=3):
    """Levels of so many nodes; from each node three arcs (or more) to random nodes of the next level; a source before, a sink behind.

    The random level graphs of the Washington generator (R. Anderson), First DIMACS Implementation Challenge, 1991.
    """
    draws, inner = Draws(seed), levels * width
    source, sink = inner, inner + 1
    u = np.repeat(np.arange(inner - width), arcs)
    first, last = np.arange(width), np.arange(inner - width, inner)
    return joined(inner + 2, [(source, first, arcs * most), (u, (u // width + 1) * width + draws.whole(len(u), 0, width - 1), draws.whole(len(u), 1, most)),
                              (last, sink, arcs * most)], (source, sink))


def acyclic_dense(nodes, most, seed):
    """An arc from every node to every later one.

    The acyclic dense family (G. Waissi), First DIMACS Implementation Challenge, 1991.
    """
    u, v = np.triu_indices(nodes, 1)
    return joined(nodes, [(u, v, Draws(seed).whole(len(u), 1, most))], (0, nodes - 1))


def segmentation(rows, columns, smoothness, seed):
    """A picture cut in two: each pixel is drawn to the source or the sink by how it looks, and holds on to its four neighbours.

    The energy of Boykov and Kolmogorov 2004, An experimental comparison of min-cut/max-flow algorithms for energy
    minimization in vision; the picture is a chessboard of squares of 40 x 40 pixels under noise.
    """
    draws, pixels = Draws(seed), rows * columns
    y, x = np.divmod(np.arange(pixels), columns)
    bright = (y // 40 + x // 40) % 2
    pull = draws.whole(pixels, 0, 99) - draws.whole(pixels, 0, 99) + np.where(bright == 1, 30, -30)
    up, down = np.flatnonzero(pull > 0), np.flatnonzero(pull < 0)
    u, v = neighbours(rows, columns)
    return joined(pixels + 2, [(pixels, up, pull[up]), (down, pixels + 1, -pull[down]), (u, v, smoothness), (v, u, smoothness)], (pixels, pixels + 1))


def matching(side, degree, seed):
    """Unit capacities: so many nodes on either side, each of the left with arcs to random ones of the right.

    As in Cherkassky, Goldberg, Martin, Setubal and Stolfi 1998, Augment or push: a computational study of bipartite matching
    and unit-capacity flow algorithms.
    """
    left, source, sink = np.arange(side), 2 * side, 2 * side + 1
    arcs = (np.repeat(left, degree), side + Draws(seed).whole(side * degree, 0, side - 1), 1)
    return joined(2 * side + 2, [(source, left, 1), arcs, (side + left, sink, 1)], (source, sink))


def uniform(nodes, arcs, most, seed):
    """Arcs between random nodes, without loops; from the first node to the last."""
    draws = Draws(seed)
    u = draws.whole(arcs, 0, nodes - 1)
    return joined(nodes, [(u, (u + draws.whole(arcs, 1, nodes - 1)) % nodes, draws.whole(arcs, 1, most))], (0, nodes - 1))


def lattice(rows, columns, most, seed, sides=False):
    """A lattice of edges that carry either way: from a node left of its middle to one right of it, or from its left side to its right."""
    draws, inner = Draws(seed), rows * columns
    u, v = neighbours(rows, columns)
    edges = (u, v, draws.whole(len(u), 1, most))
    if not sides:
        middle = rows // 2 * columns
        return joined(inner, [edges], (middle + columns // 5, middle + columns - columns // 5), directed=False)
    left = np.arange(rows) * columns
    wide = 4 * most  # more than a node of the lattice can pass on
    return joined(inner + 2, [edges, (inner, left, wide), (left + columns - 1, inner + 1, wide)], (inner, inner + 1), directed=False)


# name -> (family, its arguments)
INSTANCES = {
    "rmf-long": (rmf, (12, 144, 10_000, 1)),
    "rmf-thin": (rmf, (8, 400, 1_000, 1)),
    "rmf-wide": (rmf, (48, 7, 10_000, 1)),
    "levels-long": (random_levels, (512, 64, 10_000, 1)),
    "levels-wide": (random_levels, (64, 512, 10_000, 1)),
    "levels-broad": (random_levels, (32, 4096, 10_000, 2)),
    "levels-short": (random_levels, (4, 20_000, 1_000, 3)),
    "levels-dense": (random_levels, (16, 400, 1_000, 1, 40)),
    "acyclic-dense": (acyclic_dense, (1_000, 1_000_000, 1)),
    "picture-20": (segmentation, (400, 500, 20, 1)),
    "picture-60": (segmentation, (400, 500, 60, 1)),
    "matching-3": (matching, (50_000, 3, 1)),
    "matching-6": (matching, (100_000, 6, 1)),
    "matching-dense": (matching, (5_000, 100, 1)),
    "sparse": (uniform, (100_000, 500_000, 10_000, 1)),
    "dense": (uniform, (20_000, 1_000_000, 10_000, 1)),
    "lattice-middle": (lattice, (1_000, 1_000, 255, 1)),
    "lattice-sides": (lattice, (400, 400, 255, 1, True)),
}


def make(name):
    family, arguments = INSTANCES[name]
    return family(*arguments)
