"""graph-tool behind bench/protocol.hpp."""
import sys

import graph_tool.all as gt
import numpy as np

from protocol import Edges, serve

edges = Edges(sys.argv[1])
rows = np.column_stack((edges.source, edges.target, edges.weight)).astype(np.int64)


def make(directed):
    graph = gt.Graph(directed=directed)
    graph.add_vertex(edges.nodes)
    weight = graph.new_edge_property("int64_t")
    graph.add_edge_list(rows, eprops=[weight])
    return graph, weight


graph, weight = make(False)
directed, _ = make(True)


def run(request, watch, work):
    gt.openmp_set_num_threads(int(request["threads"]))
    return watch.time(work)


def build(request, watch):
    def work():
        made = gt.Graph(directed=False)
        made.add_vertex(edges.nodes)
        made.add_edge_list(rows[:, :2])
        return made
    return {"arcs": 2 * run(request, watch, work).num_edges()}, []


def distances(weights):
    def kernel(request, watch):
        found = np.array(run(request, watch, lambda: gt.shortest_distance(graph, graph.vertex(int(request["source"])), weights=weights)).a, dtype=float)
        found[found >= 2**31 - 1] = -1
        return {}, found
    return kernel


def pagerank(request, watch):
    return {}, run(request, watch, lambda: gt.pagerank(graph, epsilon=float(request["tolerance"]))).a


def components(request, watch):
    found, sizes = run(request, watch, lambda: gt.label_components(graph))
    return {"components": len(sizes)}, found.a


def strong_components(request, watch):
    found, sizes = run(request, watch, lambda: gt.label_components(directed))
    return {"components": len(sizes)}, found.a


def bicomponents(request, watch):
    _, points, sizes = run(request, watch, lambda: gt.label_biconnected_components(graph))
    return {"bicomponents": len(sizes)}, points.a


def core(request, watch):
    return {}, run(request, watch, lambda: gt.kcore_decomposition(graph)).a


def clustering(request, watch):
    return {}, run(request, watch, lambda: gt.local_clustering(graph)).a


def spanning_forest(request, watch):
    tree = run(request, watch, lambda: gt.min_spanning_tree(graph, weights=weight)).a
    return {"edges": tree.sum(), "weight": weight.a[tree.astype(bool)].sum()}, []


def betweenness(request, watch):
    return {}, run(request, watch, lambda: gt.betweenness(graph, norm=False)[0]).a


def closeness(harmonic):
    def kernel(request, watch):
        return {}, np.nan_to_num(run(request, watch, lambda: gt.closeness(graph, norm=not harmonic, harmonic=harmonic)).a)
    return kernel


def eigenvector(request, watch):
    return {}, run(request, watch, lambda: gt.eigenvector(graph, epsilon=float(request["tolerance"]))[1]).a


def katz(request, watch):
    return {}, run(request, watch, lambda: gt.katz(graph, alpha=float(request["alpha"]), epsilon=float(request["tolerance"]))).a


def flow_network():
    """Every edge as two arcs."""
    network = gt.Graph(directed=True)
    network.add_vertex(edges.nodes)
    capacity = network.new_edge_property("int64_t")
    network.add_edge_list(np.concatenate((rows, rows[:, [1, 0, 2]])), eprops=[capacity])
    return network, capacity


def flow_through(network, capacity, request):
    source, target = network.vertex(int(request["source"])), network.vertex(int(request["target"]))
    return network, target, capacity, gt.boykov_kolmogorov_max_flow(network, source, target, capacity)


def value_of(network, target, capacity, left):
    return {"value": sum(capacity[e] - left[e] for e in target.in_edges())}, []  # the arcs out of it are their reverses


def max_flow(request, watch):
    if not hasattr(max_flow, "network"):
        max_flow.network = flow_network()
    return value_of(*run(request, watch, lambda: flow_through(*max_flow.network, request)))


def max_flow_built(request, watch):
    return value_of(*run(request, watch, lambda: flow_through(*flow_network(), request)))


kernels = {
    "build": build, "bfs": distances(None), "sssp": distances(weight), "pagerank": pagerank, "components": components,
    "strong_components": strong_components, "bicomponents": bicomponents, "core": core, "clustering": clustering,
    "spanning_forest": spanning_forest, "betweenness": betweenness, "closeness": closeness(False), "harmonic": closeness(True),
    "eigenvector": eigenvector, "katz": katz, "max_flow:boykov_kolmogorov": max_flow,
    "max_flow_built:boykov_kolmogorov": max_flow_built,
}
serve(gt.__version__.split()[0], kernels)
