"""NetworKit behind bench/protocol.hpp."""
import sys

import networkit as nk
import numpy as np

from protocol import Edges, serve

edges = Edges(sys.argv[1])
pairs = (edges.source.astype(np.uint64), edges.target.astype(np.uint64))
graph = nk.GraphFromCoo(pairs, n=edges.nodes, directed=False)
weighted = nk.GraphFromCoo((edges.weight.astype(float), pairs), n=edges.nodes, weighted=True, directed=False)
directed = nk.GraphFromCoo(pairs, n=edges.nodes, directed=True)
for made in (graph, weighted, directed):
    made.sortEdges()


def ran(request, watch, algorithm):
    nk.setNumberOfThreads(int(request["threads"]))
    watch.time(algorithm.run)
    return algorithm


def build(request, watch):
    nk.setNumberOfThreads(int(request["threads"]))
    made = watch.time(lambda: nk.GraphFromCoo(pairs, n=edges.nodes, directed=False))
    return {"arcs": 2 * made.numberOfEdges()}, []


def distances(algorithm):
    reached = np.array(algorithm.getDistances(asarray=True))
    reached[reached > 1e300] = -1
    return {}, reached


def bfs(request, watch):
    return distances(ran(request, watch, nk.distance.BFS(graph, int(request["source"]), storePaths=False)))


def sssp(request, watch):
    return distances(ran(request, watch, nk.distance.Dijkstra(weighted, int(request["source"]), storePaths=False)))


def pagerank(request, watch):
    algorithm = nk.centrality.PageRank(graph, damp=0.85, tol=float(request["tolerance"]),
                                       distributeSinks=nk.centrality.SinkHandling.DistributeSinks)
    algorithm.norm = nk.centrality.Norm.L1_NORM
    return {}, ran(request, watch, algorithm).scores()


def components(request, watch):
    algorithm = ran(request, watch, nk.components.ConnectedComponents(graph))
    return {"components": algorithm.numberOfComponents()}, algorithm.getPartition().getVector()


def parallel_components(request, watch):
    algorithm = ran(request, watch, nk.components.ParallelConnectedComponents(graph))
    return {"components": algorithm.numberOfComponents()}, algorithm.getPartition().getVector()


def strong_components(request, watch):
    algorithm = ran(request, watch, nk.components.StronglyConnectedComponents(directed))
    return {"components": algorithm.numberOfComponents()}, algorithm.getPartition().getVector()


def bicomponents(request, watch):
    algorithm = ran(request, watch, nk.components.BiconnectedComponents(graph))
    times = np.zeros(edges.nodes)
    for nodes in algorithm.getComponents():
        times[nodes] += 1
    return {"bicomponents": algorithm.numberOfComponents()}, times > 1


def core(request, watch):
    algorithm = ran(request, watch, nk.centrality.CoreDecomposition(graph))
    return {"degeneracy": algorithm.maxCoreNumber()}, algorithm.scores()


def clustering(request, watch):
    return {}, ran(request, watch, nk.centrality.LocalClusteringCoefficient(graph, turbo=False)).scores()


def spanning_forest(request, watch):
    algorithm = ran(request, watch, nk.graph.KruskalMSF(weighted))
    forest = algorithm.getForest()
    # The edges of the forest have lost their weights.
    return {"edges": forest.numberOfEdges(), "weight": sum(weighted.weight(u, v) for u, v in forest.iterEdges())}, []


def betweenness(request, watch):
    return {}, np.array(ran(request, watch, nk.centrality.Betweenness(graph)).scores()) / 2


def betweenness_sampled(request, watch):
    algorithm = nk.centrality.KadabraBetweenness(graph, float(request["epsilon"]), float(request["delta"]), deterministic=False)
    nk.setSeed(int(request["seed"]), False)
    scores = np.array(ran(request, watch, algorithm).scores()) / 2  # of an undirected graph they come out twice as large
    return {"samples": algorithm.getNumberOfIterations()}, scores


def closeness_of(kind):
    def kernel(request, watch):
        return {}, ran(request, watch, kind()).scores()
    return kernel


def top(make):  # with the heuristics that NetworKit recommends for networks that are no street networks
    def kernel(request, watch):
        return {}, ran(request, watch, make(int(request["k"]))).topkScoresList()
    return kernel


def eigenvector(request, watch):
    return {}, ran(request, watch, nk.centrality.EigenvectorCentrality(graph, tol=float(request["tolerance"]))).scores()


def katz(request, watch):
    algorithm = nk.centrality.KatzCentrality(graph, alpha=float(request["alpha"]), beta=1, tol=float(request["tolerance"]))
    scores = np.array(ran(request, watch, algorithm).scores())
    # It returns 2 x - 1 where x = alpha A x + 1, and that to unit norm s: x - alpha A x is s (1 + alpha degree) then.
    product = np.bincount(edges.source, scores[edges.target], edges.nodes) + np.bincount(edges.target, scores[edges.source], edges.nodes)
    degree = np.bincount(edges.source, minlength=edges.nodes) + np.bincount(edges.target, minlength=edges.nodes)
    alpha = float(request["alpha"])
    return {}, scores + np.median((scores - alpha * product) / (1 + alpha * degree))


def communities(make):
    def kernel(request, watch):
        nk.setSeed(int(request["seed"]), False)
        algorithm = ran(request, watch, make(request))
        partition = algorithm.getPartition()
        return {"clusters": partition.numberOfSubsets()}, partition.getVector()
    return kernel


kernels = {
    "build": build, "bfs": bfs, "sssp": sssp, "pagerank": pagerank, "components": components,
    "components:parallel": parallel_components, "strong_components": strong_components, "bicomponents": bicomponents, "core": core,
    "clustering": clustering, "spanning_forest": spanning_forest, "betweenness": betweenness,
    "betweenness_sampled": betweenness_sampled, "top_closeness": top(lambda k: nk.centrality.TopCloseness(graph, k, True, False)),
    "top_harmonic": top(lambda k: nk.centrality.TopHarmonicCloseness(graph, k, False)),
    "eigenvector": eigenvector, "katz": katz,
    "closeness": closeness_of(lambda: nk.centrality.Closeness(graph, True, nk.centrality.ClosenessVariant.STANDARD)),
    "harmonic": closeness_of(lambda: nk.centrality.HarmonicCloseness(graph, False)),
    "louvain": communities(lambda _: nk.community.PLM(graph, refine=False, turbo=True)),
    "louvain_weighted": communities(lambda _: nk.community.PLM(weighted, refine=False, turbo=True)),
    "leiden": communities(lambda r: nk.community.ParallelLeiden(graph, iterations=int(r["iterations"]))),
    "leiden_weighted": communities(lambda r: nk.community.ParallelLeiden(weighted, iterations=int(r["iterations"]))),
    "label_propagation": communities(lambda _: nk.community.PLP(graph)),
}
serve(nk.__version__, kernels)
