"""networkx behind bench/protocol.hpp; pure Python, for small graphs."""
import sys
from itertools import islice

import networkx as nx

from protocol import Edges, serve

edges = Edges(sys.argv[1])
triples = list(zip(edges.source.tolist(), edges.target.tolist(), edges.weight.tolist()))


def make():
    graph = nx.Graph()
    graph.add_nodes_from(range(edges.nodes))
    graph.add_weighted_edges_from(triples)
    return graph


graph = make()


def in_order(by_node):
    return [by_node.get(node, -1) for node in range(edges.nodes)]


def numbered(groups):
    label = [0] * edges.nodes
    for number, group in enumerate(groups):
        for node in group:
            label[node] = number
    return label


def build(request, watch):
    return {"arcs": 2 * watch.time(make).number_of_edges()}, []


def bfs(request, watch):
    return {}, in_order(watch.time(lambda: dict(nx.single_source_shortest_path_length(graph, int(request["source"])))))


def sssp(request, watch):
    return {}, in_order(watch.time(lambda: nx.single_source_dijkstra_path_length(graph, int(request["source"]))))


def pagerank(request, watch):  # its tolerance is per node
    tolerance = float(request["tolerance"]) / edges.nodes
    return {}, in_order(watch.time(lambda: nx.pagerank(graph, tol=tolerance, max_iter=1000, weight=None)))


def components(request, watch):
    groups = watch.time(lambda: list(nx.connected_components(graph)))
    return {"components": len(groups)}, numbered(groups)


def bicomponents(request, watch):
    groups = watch.time(lambda: list(nx.biconnected_components(graph)))
    times = [0] * edges.nodes
    for group in groups:
        for node in group:
            times[node] += 1
    return {"bicomponents": len(groups)}, [count > 1 for count in times]


def core(request, watch):
    return {}, in_order(watch.time(lambda: nx.core_number(graph)))


def clustering(request, watch):
    return {}, in_order(watch.time(lambda: nx.clustering(graph)))


def spanning_forest(request, watch):
    tree = watch.time(lambda: list(nx.minimum_spanning_edges(graph, data=True)))
    return {"edges": len(tree), "weight": sum(data["weight"] for _, _, data in tree)}, []


def louvain(request, watch):
    return {}, numbered(watch.time(lambda: nx.community.louvain_communities(graph, weight=None, seed=int(request["seed"]))))


def k_shortest(request, watch):
    def work():
        return list(islice(nx.shortest_simple_paths(graph, int(request["source"]), int(request["target"]), weight="weight"), int(request["k"])))
    return {}, [nx.path_weight(graph, path, "weight") for path in watch.time(work)]


kernels = {"build": build, "bfs": bfs, "sssp": sssp, "pagerank": pagerank, "components": components, "bicomponents": bicomponents,
           "core": core, "clustering": clustering, "spanning_forest": spanning_forest, "louvain": louvain, "k_shortest": k_shortest}
serve(nx.__version__, kernels)
