#!/usr/bin/env python3
"""Compares answers of the program with networkx and igraph on 30 graphs, odd shapes included, to 1e-10.

    bench/agreement.py PROGRAM [--graphs N] [--verbose]

Needs python3-networkx and python3-igraph (judges from outside; nothing of them is linked). Prints a line for each
measure with the number of graphs compared and the largest relative difference, and ends with status 1
if any is above 1e-10 or any number that counts differs. Boost.Graph is the judge inside the test suite.
"""
import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile

import igraph
import networkx as nx
from networkx.algorithms.flow import maximum_flow_value

LIMIT = 1e-10


# ---- graphs ----------------------------------------------------------------------------------------------------

def graphs(count):
    """(name, graph) pairs: undirected and directed, simple and with loops and parallel ties, all with lengths."""
    made = [
        ("one node", nx.MultiGraph([])), ("one tie", nx.MultiGraph([(0, 1)])), ("path", nx.MultiGraph(nx.path_graph(9))),
        ("cycle", nx.MultiGraph(nx.cycle_graph(8))), ("star", nx.MultiGraph(nx.star_graph(7))),
        ("complete", nx.MultiGraph(nx.complete_graph(7))), ("grid", nx.MultiGraph(nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 6)))),
        ("barbell", nx.MultiGraph(nx.barbell_graph(5, 3))), ("tree", nx.MultiGraph(nx.balanced_tree(2, 4))),
        ("karate", nx.MultiGraph(nx.convert_node_labels_to_integers(nx.Graph(nx.karate_club_graph().edges())))),
        ("two islands and an isolate", nx.MultiGraph([(0, 1), (1, 2), (2, 0), (3, 4)])),
        ("directed cycle with a tail", nx.MultiDiGraph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)])),
        ("directed acyclic", nx.MultiDiGraph([(a, b) for a in range(8) for b in range(a + 1, 8) if (a * b) % 3 != 1])),
        ("tournament", nx.MultiDiGraph([(a, b) if (a + b) % 2 else (b, a) for a in range(7) for b in range(a)])),
    ]
    made[0][1].add_node(0)
    made[10][1].add_node(5)
    seed = 0
    while len(made) < count:
        seed += 1
        rng = random.Random(seed)
        n = rng.randint(8, 70)
        graph = nx.MultiDiGraph() if seed % 2 else nx.MultiGraph()
        graph.add_nodes_from(range(n))
        for _ in range(rng.randint(n // 2, 4 * n)):
            u, v = rng.randrange(n), int(rng.random() ** 2 * n)
            if u == v and seed % 3:
                continue
            graph.add_edge(u, v)
            if seed % 4 == 0 and rng.random() < 0.2:
                graph.add_edge(u, v)
        made.append((f"random {seed}", graph))
    for index, (_, graph) in enumerate(made):
        rng = random.Random(1000 + index)
        for _, _, data in graph.edges(data=True):
            data["strength"] = rng.randint(1, 64) / 4.0
    return made[:count]


def simple(graph):
    """Parallel ties are one step, loops none: the graph of the path measures."""
    plain = nx.DiGraph() if graph.is_directed() else nx.Graph()
    plain.add_nodes_from(graph.nodes())
    plain.add_edges_from((u, v) for u, v in graph.edges() if u != v)
    return plain


def added(graph):
    """Parallel ties add up: the graph of the walks."""
    plain = nx.DiGraph() if graph.is_directed() else nx.Graph()
    plain.add_nodes_from(graph.nodes())
    for u, v in graph.edges():
        weight = plain.get_edge_data(u, v, {"weight": 0})["weight"] + 1
        plain.add_edge(u, v, weight=weight)
    return plain


def as_igraph(graph):
    plain = simple(graph)
    return igraph.Graph(n=plain.number_of_nodes(), edges=list(plain.edges()), directed=plain.is_directed())


# ---- the program -----------------------------------------------------------------------------------------------

class Program:
    def __init__(self, path):
        self.path = path
        self.folder = tempfile.TemporaryDirectory()

    def file_of(self, graph):
        path = os.path.join(self.folder.name, "graph.graphml")
        nx.write_graphml(graph, path)
        return path

    def run(self, file, *words):
        done = subprocess.run([self.path, "run", file, *words, "--format", "json", "--quiet", "--all-kinds"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(" ".join(words) + ": " + done.stderr.strip())
        return json.loads(done.stdout)["result"]

    def nodes(self, file, *words, column=None):
        rows = self.run(file, *words)["nodes"]
        column = column or words[0]
        return {int(row["id"]): row[column] for row in rows}


# ---- comparison ------------------------------------------------------------------------------------------------

class Judge:
    def __init__(self, verbose):
        self.rows = {}
        self.verbose = verbose
        self.failed = False

    def see(self, measure, graph_name, ours, theirs):
        """Both are lists of numbers in the same order; the difference is relative to the largest value, at least 0.001."""
        scale = max([abs(x) for x in theirs] + [1e-3])
        worst = max([abs(a - b) / scale for a, b in zip(ours, theirs)] + [0.0])
        if len(ours) != len(theirs) or any(math.isnan(a) for a in ours):
            worst = math.inf
        count, before = self.rows.get(measure, (0, 0.0))
        self.rows[measure] = (count + 1, max(before, worst))
        if worst > LIMIT:
            self.failed = True
            print(f"DIFFERS {measure} on {graph_name}: {worst:.3g}", file=sys.stderr)
            if self.verbose:
                print("  ours  ", ours[:12], "\n  theirs", theirs[:12], file=sys.stderr)

    def table(self):
        print("| measure | graphs | largest relative difference |\n| --- | --- | --- |")
        for measure, (count, worst) in self.rows.items():
            print(f"| {measure} | {count} | {worst:.1e} |")


def in_order(values, graph):
    return [float(values[v]) for v in sorted(graph.nodes())]


def unit(values):
    norm = math.sqrt(sum(x * x for x in values))
    return [abs(x) / norm for x in values] if norm else values


def compare(program, judge, name, graph):
    file = program.file_of(graph)
    plain, walks, other = simple(graph), added(graph), as_igraph(graph)
    flat = graph.to_undirected()
    flat_plain = simple(nx.MultiGraph(flat.edges()) if flat.number_of_edges() else nx.MultiGraph())
    flat_plain.add_nodes_from(graph.nodes())
    directed = graph.is_directed()

    def see(measure, ours, theirs):
        judge.see(measure, name, in_order(ours, graph), in_order(theirs, graph) if isinstance(theirs, dict) else theirs)

    see("pagerank / networkx", program.nodes(file, "pagerank", "--tolerance", "1e-14"),
        nx.pagerank(walks, tol=1e-15, max_iter=10000))
    betweenness = program.nodes(file, "betweenness")
    see("betweenness / networkx", betweenness, nx.betweenness_centrality(plain, normalized=False))
    see("betweenness / igraph", betweenness, other.betweenness())
    see("closeness / networkx", program.nodes(file, "closeness"),
        nx.closeness_centrality(plain.reverse() if directed else plain, wf_improved=False))
    harmonic = program.nodes(file, "harmonic")
    see("harmonic / networkx", harmonic, nx.harmonic_centrality(plain.reverse() if directed else plain))
    if plain.number_of_nodes() > 1:
        see("harmonic / igraph", harmonic, [x * (plain.number_of_nodes() - 1) for x in other.harmonic_centrality(mode="out")])
    core = program.nodes(file, "core")
    see("core / networkx", core, nx.core_number(flat_plain))
    see("clustering / networkx", {v: x or 0 for v, x in program.nodes(file, "clustering").items()}, nx.clustering(flat_plain))
    see("triangles / networkx", program.nodes(file, "triangles"), nx.triangles(flat_plain))
    see("katz / networkx", program.nodes(file, "katz", "--alpha", "0.01", "--tolerance", "1e-14"),
        nx.katz_centrality_numpy(walks, alpha=0.01, normalized=False, weight="weight"))

    components = program.run(file, "components")["figures"]["count"]
    judge.see("components / networkx", name, [components], [nx.number_connected_components(flat_plain)])
    if directed:
        strong = program.run(file, "strong_components")["figures"]["count"]
        judge.see("strong components / networkx", name, [strong], [nx.number_strongly_connected_components(plain)])
        judge.see("strong components / igraph", name, [strong], [len(other.connected_components(mode="strong"))])
    cohesion = program.run(file, "bicomponents")
    articulation = sum(1 for row in cohesion["nodes"] if row.get("articulation"))
    judge.see("articulation points / networkx", name, [articulation], [len(list(nx.articulation_points(flat_plain)))])

    hops = nx.single_source_shortest_path_length(plain, 0)
    farthest = max(hops, key=lambda v: (hops[v], v))
    if farthest != 0:
        path = program.run(file, "shortest-path", "--from", "0", "--to", str(farthest))["paths"][0]
        judge.see("shortest path / networkx", name, [path["length"]], [hops[farthest]])
        weighted = simple(graph)
        for u, v, data in graph.edges(data=True):
            if u != v:
                weighted[u][v]["length"] = min(weighted[u][v].get("length", math.inf), 1 / data["strength"])
        ours = program.run(file, "k-shortest-paths", "--from", "0", "--to", str(farthest), "--k", "12", "--weight", "strength")
        theirs = []
        for nodes in nx.shortest_simple_paths(weighted, 0, farthest, weight="length"):
            theirs.append(sum(weighted[u][v]["length"] for u, v in zip(nodes, nodes[1:])))
            if len(theirs) == 12:
                break
        judge.see("k shortest paths, weighted / networkx", name, [row["length"] for row in ours["paths"]], theirs)
    leiden = program.nodes(file, "leiden", "--seed", "1", column="cluster") if flat_plain.number_of_edges() else None
    if leiden:
        reported = program.run(file, "leiden", "--seed", "1")["figures"]["modularity"]
        clusters = {}
        for v, c in leiden.items():
            clusters.setdefault(c, set()).add(v)
        if not directed:
            judge.see("modularity of leiden / networkx", name, [reported],
                      [nx.community.modularity(walks, clusters.values(), weight="weight")])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--graphs", type=int, default=30)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    program, judge = Program(arguments.program), Judge(arguments.verbose)
    for name, graph in graphs(arguments.graphs):
        try:
            compare(program, judge, name, graph)
        except Exception as error:  # a graph that cannot be compared is a failure of its own
            judge.failed = True
            print(f"FAILED on {name}: {type(error).__name__}: {error}", file=sys.stderr)
    judge.table()
    sys.exit(1 if judge.failed else 0)


if __name__ == "__main__":
    main()
