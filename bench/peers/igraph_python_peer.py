"""python-igraph behind bench/protocol.hpp: a newer C core than Debian's, and the time that a user of Python sees."""
import sys

import igraph
import numpy as np

from protocol import Edges, serve

edges = Edges(sys.argv[1])
pairs = np.column_stack((edges.source, edges.target)).tolist()
weights = edges.weight.tolist()
graph = igraph.Graph(n=edges.nodes, edges=pairs)


def clusters(name, **options):
    def kernel(request, watch):
        import random
        random.seed(int(request["seed"]))
        found = watch.time(lambda: getattr(graph, name)(**{key: value(request) if callable(value) else value for key, value in options.items()}))
        return {"clusters": len(found)}, found.membership
    return kernel


def per_node(name, **options):
    def kernel(request, watch):
        return {}, watch.time(lambda: getattr(graph, name)(**options))
    return kernel


def build(request, watch):
    made = watch.time(lambda: igraph.Graph(n=edges.nodes, edges=pairs))
    return {"arcs": 2 * made.ecount()}, []


def components(request, watch):
    getattr(graph, "__invalidate_cache")()  # or the second run looks the answer up
    found = watch.time(lambda: graph.connected_components())
    return {"components": len(found)}, found.membership


def max_flow(request, watch):
    value = watch.time(lambda: graph.maxflow_value(int(request["source"]), int(request["target"]), capacity=weights))
    return {"value": value}, []


def max_flow_built(request, watch):
    def work():
        network = igraph.Graph(n=edges.nodes, edges=pairs)
        return network.maxflow_value(int(request["source"]), int(request["target"]), capacity=weights)
    return {"value": watch.time(work)}, []


def iterations(request):
    return int(request["iterations"])


kernels = {
    "build": build, "components": components, "max_flow": max_flow, "max_flow_built": max_flow_built,
    "pagerank": per_node("pagerank"), "betweenness": per_node("betweenness"), "closeness": per_node("closeness"),
    "harmonic": per_node("harmonic_centrality", normalized=False), "core": per_node("coreness"),
    "clustering": per_node("transitivity_local_undirected", mode="zero"), "eigenvector": per_node("eigenvector_centrality"),
    "louvain": clusters("community_multilevel"), "louvain_weighted": clusters("community_multilevel", weights=weights),
    "leiden": clusters("community_leiden", objective_function="modularity", n_iterations=iterations),
    "leiden_weighted": clusters("community_leiden", objective_function="modularity", weights=weights, n_iterations=iterations),
    "label_propagation": clusters("community_label_propagation"),
}
serve(igraph.__version__, kernels)
