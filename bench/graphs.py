"""The graphs that kernels are measured on: made by `entente generate` or by flow_instances.py, or a file of lines "u v w"."""
import pathlib
import subprocess
import sys

import numpy as np

import flow_instances

# Small ones first: what is too slow there is not asked on the larger.
MODELS = {
    "pn10k": ["partnership", "--nodes", "10000", "--edges", "100000", "--seed", "7"],
    "pn60k": ["partnership", "--nodes", "60000", "--edges", "600000", "--seed", "7"],
    "kron16": ["kronecker", "--scale", "16", "--seed", "7"],
    "pn200k": ["partnership", "--nodes", "200000", "--edges", "2000000", "--seed", "7"],
    "kron18": ["kronecker", "--scale", "18", "--seed", "7"],
    "urand18": ["uniform", "--nodes", "262144", "--edges", "4194304", "--seed", "7"],
    "grid1000": ["lattice", "--rows", "1000", "--columns", "1000", "--seed", "7"],
}
GROWTH = {"large": [(2_000, 20_000), (20_000, 200_000), (200_000, 2_000_000)],
          "small": [(200, 2_000), (2_000, 20_000), (20_000, 200_000)]}
for nodes, edges in GROWTH["small"][:1] + GROWTH["large"]:
    MODELS[f"partnership-{nodes}"] = ["partnership", "--nodes", str(nodes), "--edges", str(edges), "--seed", "7"]

NAMES = [*MODELS, *flow_instances.INSTANCES]


class Graph:
    """The edges of a graph, and the nodes that kernels are asked about."""

    def __init__(self, name, path):
        raw = np.fromfile(path, dtype=np.uint32)
        self.name, self.path, self.known = name, path, {}
        self.nodes, self.edges = int(raw[0]), int(raw[1])
        columns, last = raw[2:2 + 3 * self.edges], raw[2 + 3 * self.edges:]
        self.source, self.target, self.weight = (column.astype(np.int64) for column in columns.reshape(3, self.edges))
        self.degree = np.bincount(self.source, minlength=self.nodes) + np.bincount(self.target, minlength=self.nodes)
        order = np.argsort(-self.degree, kind="stable")
        connected = int((self.degree > 0).sum())
        self.hubs = order[:2]
        self.usual = order[connected // 2], order[connected // 3]  # nodes of middling degree
        self.is_flow_network = len(last) > 0
        self.ends = last[:2] if self.is_flow_network else self.hubs

    def product(self, x):
        """The adjacency matrix times x."""
        return (np.bincount(self.source, x[self.target], self.nodes) + np.bincount(self.target, x[self.source], self.nodes))


def in_order(names):
    """Small ones first; files last, as given."""
    return sorted(names, key=lambda name: NAMES.index(name) if name in NAMES else len(NAMES))


def graph_of(name, folder, entente):
    """A graph by its name, made when it is not there yet, or a file of "u v w" lines."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text, short = pathlib.Path(name), name
    if name in flow_instances.INSTANCES:
        return Graph(name, _flow_network(name, folder))
    if name in MODELS:
        text, binary = folder / f"{name}.wel", folder / f"{name}.bin"
        if not binary.exists():
            subprocess.run([entente, "generate", *MODELS[name], "--format", "edges", "--weights", "--out", str(text), "--quiet"], check=True)
    elif text.is_file():
        short = text.stem
        binary = folder / f"file-{short}.bin"
    else:
        sys.exit(f"run.py: there is no graph {name}. Known are {', '.join(NAMES)}, and any file of lines \"u v w\".")
    if not binary.exists() or (text.exists() and binary.stat().st_mtime < text.stat().st_mtime):
        numbers = np.fromfile(text, dtype=np.int64, sep=" ").reshape(-1, 3)
        head = np.array([numbers[:, :2].max() + 1, len(numbers)], dtype=np.uint32)
        np.concatenate((head, numbers.T.astype(np.uint32).ravel())).tofile(binary)
        if name in MODELS:
            text.unlink()
    return Graph(short, binary)


def _flow_network(name, folder):
    """Its file. The name holds the arguments, so that an instance that was changed is made anew."""
    arguments = "-".join(str(int(value)) for value in flow_instances.INSTANCES[name][1])
    path = folder / f"{name}-{arguments}.bin"
    if not path.exists():
        flow_instances.make(name).write(path)
    return path
