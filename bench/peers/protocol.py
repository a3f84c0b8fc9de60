"""bench/protocol.hpp for peers in Python: load one graph, then run a kernel whenever asked to."""
import json
import os
import sys
import time

import numpy as np


class Edges:
    """The graph of a .bin file: nodes, source, target, weight, and whether it is directed (a flow network may be)."""

    def __init__(self, path):
        raw = np.fromfile(path, dtype=np.uint32)
        self.nodes, m = int(raw[0]), int(raw[1])
        self.source, self.target, self.weight = raw[2:2 + 3 * m].reshape(3, m)
        self.directed = bool(len(raw) > 2 + 3 * m and raw[-1])


class Stopwatch:
    """Times the one part of a kernel that counts."""

    wall = cpu = 0.0

    def time(self, work):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.wall, self.cpu = time.perf_counter() - wall, time.process_time() - cpu
        return result


def serve(version, kernels):
    """kernels: name -> function(request, watch) that returns (figures, values). A request's arguments are text."""
    driver = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is not for the driver
    print(json.dumps({"version": version, "kernels": sorted(kernels)}), file=driver, flush=True)
    for line in sys.stdin:
        verb, *words = line.split()
        if verb != "run":
            break
        request = dict(word.split("=", 1) for word in words[1:])
        watch = Stopwatch()
        try:
            figures, values = kernels[words[0]](request, watch)
            if "values" in request:
                np.asarray(values, dtype=np.float64).tofile(request["values"])
            answer = {"wall": watch.wall, "cpu": watch.cpu, "figures": {k: float(v) for k, v in figures.items()}}
        except Exception as error:  # the driver writes it into the table
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=driver, flush=True)
