"""The kernels that are measured: what they are asked, on which graphs, and how answers are compared.

A name with a colon (max_flow:push_relabel) is a further way of a peer to do the kernel before the colon.
"""
import math
from dataclasses import dataclass, field

import numpy as np

from flow_instances import INSTANCES

# How two answers are compared: each returns how far they are apart, and whether that is the same answer.

def same_numbers(graph, ours, theirs):
    apart = float(np.abs(ours - theirs).max(initial=0)) if len(ours) == len(theirs) else float("inf")
    return apart, apart == 0


def close_numbers(graph, ours, theirs):
    apart = float((np.abs(ours - theirs) / np.maximum(1e-3, np.abs(ours))).max(initial=0)) if len(ours) == len(theirs) else float("inf")
    return apart, apart <= 1e-9


def same_partition(graph, ours, theirs):
    pairs = len(np.unique(ours.astype(np.int64) * (graph.nodes + 1) + theirs.astype(np.int64)))
    apart = 2 * pairs - len(np.unique(ours)) - len(np.unique(theirs))
    return float(apart), apart == 0


def near_in_sum(tolerance):
    def compare(graph, ours, theirs):
        apart = float(np.abs(ours / ours.sum() - theirs / theirs.sum()).sum())
        return apart, apart <= tolerance
    return compare


def within_one(graph, ours, theirs):
    """Whole units beside fractions of them."""
    apart = float(np.abs(ours - theirs).max())
    return apart, apart <= 1


def same_direction(tolerance):
    def compare(graph, ours, theirs):
        apart = float(np.linalg.norm(ours / np.linalg.norm(ours) - theirs / np.linalg.norm(theirs)))
        return apart, apart <= tolerance
    return compare


# Quality beside time: a number that this file computes itself from the answer of every program.

def modularity(weighted):
    def quality(graph, cluster, arguments):
        weight = graph.weight.astype(float) if weighted else np.ones(graph.edges)
        cluster = np.unique(cluster, return_inverse=True)[1]
        strength = np.bincount(graph.source, weight, graph.nodes) + np.bincount(graph.target, weight, graph.nodes)
        inside = weight[cluster[graph.source] == cluster[graph.target]].sum() / weight.sum()
        return float(inside - ((np.bincount(cluster, strength) / strength.sum()) ** 2).sum())
    return quality


def pagerank_residual(graph, score, arguments):
    """What one more sweep changes, in L1."""
    score = score / score.sum()
    share = np.divide(score, graph.degree, out=np.zeros_like(score), where=graph.degree > 0)
    stranded = score[graph.degree == 0].sum()
    return float(np.abs(0.15 / graph.nodes + 0.85 * (graph.product(share) + stranded / graph.nodes) - score).sum())


def eigenvector_residual(graph, score, arguments):
    score = score / np.linalg.norm(score)
    product = graph.product(score)
    value = np.linalg.norm(product)
    return float(np.linalg.norm(product - value * score) / value)


def katz_residual(graph, score, arguments):
    """How far x - alpha A x is from being the same for all nodes."""
    own = score - arguments["alpha"] * graph.product(score)
    return float(own.std() / own.mean())


def largest_error(graph, share, arguments):
    """Of sampled betweenness, where the exact one has been measured on the same graph before."""
    exact = graph.known.get("betweenness")
    return None if exact is None else float(np.abs(share - exact / (graph.nodes * (graph.nodes - 1) / 2)).max())


@dataclass
class Kernel:
    title: str
    graphs: list                      # measured on by default
    compare: object = None            # None: figures only
    quality: object = None
    quality_name: str = ""
    arguments: object = field(default=lambda graph: {})
    seeded: bool = False              # each repetition has a seed of its own
    growth: str = "large"             # sizes of the growth table: large, small, or "" for none
    parallel: bool = False            # has a row for 2 threads, and one for a busy machine
    patience: float = math.inf        # seconds after which a run is given up even where the command line allows more
    note: str = ""


LARGE = ["pn200k", "kron18"]
FLOW = ["pn60k", "pn200k", "kron16", *INSTANCES]


def from_usual(graph):
    return {"source": graph.usual[0]}


def between_ends(graph):
    """Of a flow network its own, else the two largest hubs."""
    return {"source": graph.ends[0], "target": graph.ends[1]}


def from_hub(graph):
    return {"source": graph.hubs[0]}


def between_usual(k):
    return lambda graph: {"source": graph.usual[0], "target": graph.usual[1], "k": k}


def tolerance(value):
    return lambda graph: {"tolerance": value}


KERNELS = {
    "build": Kernel("compressed rows from edges in memory", LARGE, parallel=True,
                    note="rows in the user's numbers, each in the order of the edges, both directions, no weights: `rows_as_given()` and Boost's "
                         "compressed_sparse_row_graph do the same work, but Boost is handed both directions of each edge as pairs, made beforehand; "
                         "`sorted rows`: neighbours ascending, Boost's pairs sorted before; `hub first`: make_symmetric() and hub_first(), renumbered "
                         "by degree and sorted, as our kernels take it; `user rows`: sorted, with the edge of each arc; LEMON: sort, then StaticDigraph"),
    "bfs": Kernel("breadth-first search", LARGE + ["grid1000"], same_numbers, arguments=from_usual),
    "bfs_reused": Kernel("breadth-first search, workspace kept", LARGE + ["grid1000"], same_numbers, arguments=from_usual, parallel=True,
                         note="ours only: a second search with the same object"),
    "sssp": Kernel("shortest paths by weight from one node", LARGE + ["grid1000"], same_numbers, arguments=from_usual,
                   note="the arcs hold their lengths beforehand, with us (`LengthArcs`) as in the peers' graphs"),
    "sssp_once": Kernel("shortest paths by weight, one call", LARGE + ["grid1000"], same_numbers, arguments=from_usual, parallel=True,
                        note="ours only: `shortest_lengths()`, which packs the arcs with their lengths first"),
    "pagerank": Kernel("PageRank, L1 1e-8", LARGE, near_in_sum(1e-6), pagerank_residual, "residual", tolerance(1e-8), parallel=True,
                       note="all end once a sweep changes the scores by at most 1e-8 in L1 (ours: asked for the distance that such a sweep proves, "
                            "0.85 / 0.15 of it); the residual shown is what one more sweep changes, computed for all; igraph: PRPACK, to its own accuracy"),
    "components": Kernel("connected components", LARGE + ["grid1000"], same_partition, parallel=True),
    "strong_components": Kernel("strongly connected components", LARGE, same_partition, parallel=True, note="each edge read as source to target"),
    "bicomponents": Kernel("bicomponents, articulation points", LARGE, same_numbers, parallel=True),
    "core": Kernel("core numbers", LARGE, same_numbers),
    "triangles": Kernel("triangles", LARGE, same_numbers, parallel=True, note="igraph: igraph_list_triangles"),
    "clustering": Kernel("local clustering", LARGE, close_numbers, parallel=True),
    "spanning_forest": Kernel("minimum spanning forest", LARGE + ["grid1000"]),
    "eigenvector": Kernel("eigenvector centrality", LARGE, same_direction(1e-3), eigenvector_residual, "residual",
                          lambda graph: {"tolerance": 1e-9, "residual": 1e-6}, parallel=True,
                          note="peers at a tolerance of 1e-9 by their own measure, Entente at a residual of 1e-6; the residual shown is |A x - l x| / l, computed for all"),
    "katz": Kernel("Katz centrality", LARGE, same_direction(1e-6), katz_residual, "residual",
                   lambda graph: {"alpha": 1 / (int(graph.degree.max()) + 1), "tolerance": 1e-9}, parallel=True,
                   note="the scores alone, as the peers; `with eigenvalue`: our default, which also gives the largest eigenvalue"),
    "hits": Kernel("hubs and authorities", ["pn200k"], same_direction(1e-4), arguments=tolerance(1e-9), parallel=True),
    "louvain": Kernel("Louvain", LARGE, None, modularity(False), "modularity", seeded=True),
    "louvain_weighted": Kernel("Louvain, weighted", ["pn200k"], None, modularity(True), "modularity", seeded=True),
    "leiden": Kernel("Leiden, 2 iterations", LARGE, None, modularity(False), "modularity", lambda graph: {"iterations": 2}, seeded=True),
    "leiden_weighted": Kernel("Leiden, weighted, 2 iterations", ["pn200k"], None, modularity(True), "modularity",
                              lambda graph: {"iterations": 2}, seeded=True),
    "label_propagation": Kernel("label propagation", LARGE, None, modularity(False), "modularity", seeded=True),
    "betweenness": Kernel("betweenness, exact", ["pn10k"], close_numbers, growth="small", parallel=True),
    "betweenness_sampled": Kernel("betweenness, sampled (0.01, 0.1)", ["pn10k", "pn200k"], None, largest_error, "largest error",
                                  arguments=lambda graph: {"epsilon": 0.01, "delta": 0.1}, seeded=True, parallel=True),
    "closeness": Kernel("closeness, exact", ["pn10k", "pn200k"], close_numbers, parallel=True, growth="small"),
    "harmonic": Kernel("harmonic, exact", ["pn10k", "pn200k"], close_numbers, parallel=True, growth="small"),
    "top_closeness": Kernel("the 10 highest by closeness", ["pn200k"], close_numbers, arguments=lambda graph: {"k": 10}, parallel=True),
    "top_harmonic": Kernel("the 10 highest by harmonic", ["pn200k"], close_numbers, arguments=lambda graph: {"k": 10}, parallel=True),
    "max_flow": Kernel("maximum flow, network kept", FLOW, arguments=between_ends, patience=10,
                       note="between the two largest hubs, or the ends of a flow network; every program has its network built beforehand, with every arc's "
                            "reverse where it wants one (Boost and LEMON: their compressed graphs; ours: FlowNetwork), and finds the value and a minimum cut or a "
                            "flow, whichever it leaves behind (Boost push-relabel a flow, Boykov-Kolmogorov both, LEMON and ours the cut); flow networks are asked "
                            "of Boost, LEMON, igraph and SciPy: graph-tool and python-igraph run Boost's and igraph's code, the others have no such kernel"),
    "max_flow_call": Kernel("maximum flow, one call", FLOW, arguments=between_ends, patience=10,
                            note="ours only: max_flow() on a graph whose rows exist, with its residual network made and dropped, the flow edge by edge without circles, and the cut"),
    "max_flow_built": Kernel("maximum flow, with the network built", FLOW, arguments=between_ends, patience=10,
                             note="all start from the columns source, target, capacity in memory, and pay for whatever they build of them"),
    "decompose": Kernel("maximum flow and its routes", ["pn60k", "pn200k"], arguments=between_ends, note="ours only: the flow and then its decomposition, widest route first"),
    "trace": Kernel("traced funds of the largest hub", ["pn60k", "pn200k"], within_one, arguments=from_hub,
                    note="each edge pays its weight from source to target; SciPy builds and solves the sparse system in doubles, by BiCGSTAB at 1e-12 "
                         "and by SuperLU; ours also rounds every amount to whole units that add up, and is checked against its sum"),
    "k_shortest_10": Kernel("10 shortest loopless paths", ["pn10k", "pn60k"], same_numbers, arguments=between_usual(10)),
    "k_shortest_100": Kernel("100 shortest loopless paths", ["pn10k"], same_numbers, arguments=between_usual(100)),
}

# How far ahead of whom we mean to be, on one thread: peer -> ratio, where "all" is the best of the peers, and several
# names joined by + the best of these. Where there is a modularity, ours may be lower by 0.0005 at most. The document says how it stands.
GATES = {
    "build": {"boost": 1.3}, "bfs": {"networkit": 10, "igraph": 22}, "sssp": {"boost": 1, "networkit": 3}, "pagerank": {"networkit": 5},
    "components": {"igraph": 12, "networkit": 4.5}, "strong_components": {"boost": 1.3}, "triangles": {"igraph": 3}, "clustering": {"igraph": 3},
    "core": {"all": 2}, "bicomponents": {"boost": 2}, "spanning_forest": {"lemon": 2}, "betweenness": {"igraph": 8},
    "betweenness_sampled": {"networkit": 1}, "closeness": {"igraph": 100}, "harmonic": {"igraph": 100}, "louvain": {"networkit": 2},
    "louvain_weighted": {"networkit": 2}, "leiden": {"igraph": 5}, "leiden_weighted": {"igraph": 5}, "label_propagation": {"networkit": 3},
    "eigenvector": {"networkit": 2}, "katz": {"networkit": 2}, "max_flow": {"lemon+boost": 1}, "max_flow_built": {"lemon+boost": 1},
    "trace": {"scipy": 1}, "k_shortest_10": {"igraph": 10}, "k_shortest_100": {"igraph": 10},
}


def gated(kernel, graph):
    """Whether the gates of a kernel are set for this graph: the two large ones, the kernel's own smaller ones, and every flow network."""
    return graph in LARGE or graph in KERNELS[kernel].graphs and graph != "grid1000"


# What ours is to take at most, in seconds: (kernel, graph) -> limit.
LIMITS = {("closeness", "pn200k"): 20, ("harmonic", "pn200k"): 20}

# What takes minutes and proves little; run with --thorough.
SLOW = {("networkx", "k_shortest_100"), ("networkit", "betweenness"), ("graph-tool", "betweenness"), ("boost", "betweenness"), ("python-igraph", "betweenness"),
        ("python-igraph", "closeness"), ("python-igraph", "harmonic"), ("graph-tool", "closeness"), ("graph-tool", "harmonic"), ("networkit", "harmonic"),
        ("python-igraph", "louvain", "kron18"), ("python-igraph", "louvain_weighted"), ("python-igraph", "label_propagation", "kron18"),
        *((program, kernel, "pn200k") for program in ("networkit", "igraph") for kernel in ("closeness", "harmonic"))}


def request_name(kernel):
    """The name by which programs know it."""
    return "k_shortest" if kernel.startswith("k_shortest") else kernel
