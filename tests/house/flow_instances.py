#!/usr/bin/env python3
"""Holds bench/flow_instances.py to the laws of its families: how many nodes and arcs, who leads to whom, the same bytes always.

flow_instances.py SOURCE_DIR

Ends with status 77 (skipped) where Python has no NumPy.
"""
import hashlib
import pathlib
import sys
import tempfile
from collections import deque

try:
    import numpy as np
except ImportError:
    print("skipped: NumPy is not installed")
    sys.exit(77)

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(sys.argv[1]) / "bench"))
import flow_instances as made  # noqa: E402

# The first 16 digits of the SHA-256 of the file, as first written: a change of these means other instances than published.
FILES = {
    "rmf": (made.rmf(4, 3, 100, 5), "fa55ed25ed6c344a"),
    "random levels": (made.random_levels(6, 5, 100, 5), "c7cf3da193f90339"),
    "acyclic dense": (made.acyclic_dense(20, 1000, 5), "f9e0377dfbb73899"),
    "segmentation": (made.segmentation(12, 90, 20, 5), "cbc31cfbcde382d5"),
    "matching": (made.matching(30, 3, 5), "81b2443a02405686"),
    "uniform": (made.uniform(40, 200, 100, 5), "cf2d627eced5d98d"),
    "lattice": (made.lattice(8, 9, 255, 5), "86eb8395bc10f1cf"),
    "lattice from side to side": (made.lattice(8, 9, 255, 5, True), "f28f616b2774190b"),
}


def check(fact, sentence):
    if not fact:
        raise AssertionError(sentence)


def pairs(network):
    return set(zip(network.source.tolist(), network.target.tolist()))


def file_of(network):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "network.bin"
        network.write(path)
        return path.read_bytes()


def max_flow(network):
    """The value by shortest augmenting paths, as a textbook has it."""
    left = {}
    for u, v, capacity in zip(network.source.tolist(), network.target.tolist(), network.capacity.tolist()):
        for a, b, units in ((u, v, capacity), (v, u, 0 if network.directed else capacity)):
            left.setdefault(a, {})
            left[a][b] = left[a].get(b, 0) + units
    source, sink = network.ends
    value = 0
    while True:
        parent, queue = {source: None}, deque([source])
        while queue and sink not in parent:
            u = queue.popleft()
            for v, units in left.get(u, {}).items():
                if units > 0 and v not in parent:
                    parent[v] = u
                    queue.append(v)
        if sink not in parent:
            return value
        path = [sink]
        while parent[path[-1]] is not None:
            path.append(parent[path[-1]])
        steps = list(zip(path[1:], path[:-1]))
        units = min(left[u][v] for u, v in steps)
        for u, v in steps:
            left[u][v] -= units
            left[v][u] = left[v].get(u, 0) + units
        value += units


def every_family_is_well_formed():
    for name, (network, _) in FILES.items():
        check(len(network.source) == len(network.target) == len(network.capacity), f"{name}: columns of one length")
        for column in (network.source, network.target):
            check(column.min() >= 0 and column.max() < network.nodes, f"{name}: arcs between nodes that there are")
        check((network.source != network.target).all(), f"{name}: no loops")
        check(network.capacity.min() >= 1 and network.capacity.max() < 2**31, f"{name}: capacities are positive and fit 31 bits")
        check(network.ends[0] != network.ends[1] and max(network.ends) < network.nodes, f"{name}: two ends")
        check(max_flow(network) > 0, f"{name}: something flows")


def the_same_bytes_always():
    for name, (network, digest) in FILES.items():
        found = hashlib.sha256(file_of(network)).hexdigest()[:16]
        check(found == digest, f"{name}: the file has become {found}, not {digest}")
    check(file_of(made.uniform(40, 200, 100, 6)) != file_of(FILES["uniform"][0]), "another seed, another network")


def the_file_is_what_the_protocol_says():
    network = made.matching(3, 2, 1)
    raw = np.frombuffer(file_of(network), dtype=np.uint32)
    arcs = len(network.source)
    check(raw[0] == network.nodes and raw[1] == arcs and len(raw) == 2 + 3 * arcs + 3, "head, three columns, ends and kind")
    check((raw[2:2 + arcs] == network.source).all() and (raw[2 + 2 * arcs:2 + 3 * arcs] == network.capacity).all(), "the columns in order")
    check(raw[-3:].tolist() == [*network.ends, 1], "the ends, and that it is directed")


def frames_are_lattices_joined_by_permutations():
    side, frames, most = 4, 3, 100
    network, area = made.rmf(side, frames, most, 5), side * side
    across = network.source // area != network.target // area
    check(network.nodes == area * frames, "side x side x frames nodes")
    check((~across).sum() == frames * 4 * side * (side - 1), "both directions of each frame's lattice")
    check((network.capacity[~across] == most * area).all(), "arcs inside a frame are as wide as all that can leave it")
    check((network.target[across] // area == network.source[across] // area + 1).all(), "arcs between frames lead to the next")
    check(sorted(network.source[across]) == list(range(area * (frames - 1))) and sorted(network.target[across]) == list(range(area, area * frames)),
          "one arc out of each node of a frame, and one into each of the next")
    check(network.capacity[across].max() <= most, "no wider than asked for")


def levels_lead_to_the_next():
    levels, width = 6, 5
    network = made.random_levels(levels, width, 100, 5)
    source, sink = network.ends
    inner = (network.source != source) & (network.target != sink)
    check(network.nodes == levels * width + 2, "levels x width nodes and two ends")
    check((network.target[inner] // width == network.source[inner] // width + 1).all(), "arcs lead to the next level")
    check((np.bincount(network.source[inner], minlength=levels * width)[:-width] == 3).all(), "three arcs from each node but those of the last level")
    check(sorted(network.target[network.source == source]) == list(range(width)), "the source reaches the first level")


def acyclic_dense_has_each_pair_once():
    network = made.acyclic_dense(20, 1000, 5)
    check(len(pairs(network)) == len(network.source) == 20 * 19 // 2 and (network.source < network.target).all(), "an arc from each node to each later one")


def a_picture_holds_on_to_its_neighbours():
    rows, columns = 12, 90
    network = made.segmentation(rows, columns, 20, 5)
    source, sink = network.ends
    inner = (network.source != source) & (network.target != sink)
    check(inner.sum() == 2 * (rows * (columns - 1) + columns * (rows - 1)), "both directions between neighbours")
    check(all((v, u) in pairs(network) for u, v in zip(network.source[inner], network.target[inner])), "each with its way back")
    check((network.capacity[inner] == 20).all(), "all equally smooth")
    drawn = np.concatenate((network.target[network.source == source], network.source[network.target == sink]))
    check(len(set(drawn)) == len(drawn), "no pixel is drawn to both ends")


def a_matching_has_unit_capacities():
    side, degree = 30, 3
    network = made.matching(side, degree, 5)
    check(network.nodes == 2 * side + 2 and len(network.source) == side * (degree + 2) and (network.capacity == 1).all(), "unit arcs")
    check(max_flow(network) <= side, "no more pairs than nodes on a side")


def a_lattice_carries_either_way():
    network = made.lattice(8, 9, 255, 5)
    check(not network.directed and len(network.source) == 8 * 8 + 9 * 7, "each neighbour once")
    check(network.ends[0] // 9 == network.ends[1] // 9 == 4 and network.ends[0] % 9 < network.ends[1] % 9, "ends in the middle row, left and right")
    across = made.lattice(8, 9, 255, 5, True)
    check(across.nodes == network.nodes + 2 and (across.capacity[:len(network.source)] == network.capacity).all(), "the same lattice with two ends more")


def every_instance_is_listed_with_arguments_that_fit():
    for name, (family, arguments) in made.INSTANCES.items():
        check(family.__code__.co_argcount - len(family.__defaults__ or ()) <= len(arguments) <= family.__code__.co_argcount, f"{name}: arguments")
        check(family.__doc__, f"{name}: says what it is")


def main():
    tests = [test for test in globals().values() if callable(test) and getattr(test, "__module__", "") == "__main__"
             and test.__code__.co_argcount == 0 and test is not main]
    for test in tests:
        try:
            test()
        except AssertionError as error:
            print(f"{test.__name__.replace('_', ' ')}: not so: {error}")
            return 1
    print(f"{len(tests)} laws hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
