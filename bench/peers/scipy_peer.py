"""SciPy behind bench/protocol.hpp: the linear system of traced funds, and maximum flow."""
import sys

import numpy as np
import scipy
import scipy.sparse as sparse
import scipy.sparse.csgraph as csgraph
import scipy.sparse.linalg as linalg

from protocol import Edges, serve

edges = Edges(sys.argv[1])


def payments():
    """Who pays whom how much, loops left out, parallel payments added up."""
    keep = edges.source != edges.target
    amounts = edges.weight[keep].astype(np.float64)
    return sparse.coo_matrix((amounts, (edges.source[keep], edges.target[keep])), shape=(edges.nodes, edges.nodes)).tocsr()


def system(paid, source):
    """share = M share + b: the mixture of each body is that of its payers; the source's is pure."""
    income, outlay = np.asarray(paid.sum(axis=0)).ravel(), np.asarray(paid.sum(axis=1)).ravel()
    holds = np.maximum(income, outlay)
    mixed = sparse.diags(np.divide(1.0, holds, out=np.zeros_like(holds), where=holds > 0)) @ paid.T.tocsr()
    start = np.zeros(edges.nodes)
    start[source] = 1
    keep = np.ones(edges.nodes)
    keep[source] = 0
    matrix = sparse.identity(edges.nodes, format="csr") - sparse.diags(keep) @ mixed
    kept = np.maximum(income - outlay, 0)
    return matrix, start, mixed, kept, holds


def trace_with(solve):
    def trace(request, watch):
        source = int(request["source"])

        def work():
            paid = payments()
            matrix, start, mixed, kept, holds = system(paid, source)
            share = solve(matrix, start)
            ended = share * kept
            ended[source] = (mixed[source] @ share).item() * holds[source]  # what comes back ends there
            return ended

        ended = watch.time(work)
        return {"ended": float(ended.sum())}, ended

    return trace


def iterative(matrix, start):
    share, failed = linalg.bicgstab(matrix, start, tol=1e-12, atol=0, maxiter=2000)
    if failed:
        raise ArithmeticError("not converged")
    return share


def capacities():
    """The matrix of capacities; parallel arcs add up in it. Its maximum flow counts in 32 bits."""
    u, v, capacity = edges.source, edges.target, edges.weight.astype(np.int32)
    if not edges.directed:
        u, v, capacity = np.concatenate((u, v)), np.concatenate((v, u)), np.concatenate((capacity, capacity))
    return sparse.coo_matrix((capacity, (u, v)), shape=(edges.nodes, edges.nodes)).tocsr()


def flow_through(request, matrix):
    return csgraph.maximum_flow(matrix, int(request["source"]), int(request["target"]), method="dinic").flow_value


def max_flow(request, watch):
    if not hasattr(max_flow, "matrix"):
        max_flow.matrix = capacities()
    return {"value": watch.time(lambda: flow_through(request, max_flow.matrix))}, []


def max_flow_built(request, watch):
    return {"value": watch.time(lambda: flow_through(request, capacities()))}, []


serve(scipy.__version__, {
    "max_flow": max_flow,
    "max_flow_built": max_flow_built,
    "trace:bicgstab": trace_with(iterative),
    "trace:spsolve": trace_with(lambda matrix, start: linalg.spsolve(matrix.tocsc(), start)),
})
