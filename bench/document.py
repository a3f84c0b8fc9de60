"""docs/performance.md, written from what a run found."""
import os
import platform
import re
import subprocess

import judgement
import report
from flow_instances import INSTANCES
from results import rows_of


def machine():
    """What a reader needs to judge the numbers."""
    def first(path, pattern):
        try:
            found = re.search(pattern, open(path, encoding="utf-8").read())
            return found.group(1).strip() if found else ""
        except OSError:
            return ""
    model = first("/proc/cpuinfo", r"model name\s*:\s*(.*)")
    memory = int(first("/proc/meminfo", r"MemTotal:\s*(\d+)") or 0) / 1024 ** 2
    system = first("/etc/os-release", r'PRETTY_NAME="(.*)"')
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True).stdout.strip()
    flags = [name for name in ("avx2", "avx512f") if re.search(rf"\b{name}\b", first("/proc/cpuinfo", r"flags\s*:\s*(.*)"))]
    return {"cpu": model or platform.machine(), "cores": os.cpu_count(), "memory_gib": round(memory), "system": system,
            "compiler": f"g++ {compiler}", "instructions": flags}


def minutes(seconds):
    return f"{max(1, round(seconds / 60))} min"


def lasted(name, part):
    return f"{name} {minutes(part['seconds'])}{', stopped before its end' if part['stopped'] else ''}"


def origins(parts):
    """One sentence when one run measured all of it, else one for each part: by which command, when, for how long, and of what build."""
    if len({(part["command"], part["date"], part["build"]) for part in parts.values()}) == 1:
        part = next(iter(parts.values()))
        return (f"Measured by `{part['command']}` on {part['date']} in {minutes(sum(part['seconds'] for part in parts.values()))} "
                f"({'; '.join(lasted(name, part) for name, part in parts.items())}), build {part['build']} of `bench_kernels`.")
    return "Measured in several runs: " + "; ".join(f"{lasted(name, part)}, by `{part['command']}` on {part['date']}, build {part['build']} of `bench_kernels`"
                                                    for name, part in parts.items()) + "."


def versions(rows):
    seen = {row["program"]: row["version"] for row in rows}
    return ", ".join(f"{name} {version}" for name, version in seen.items())


def head(found):
    at, parts, rows = machine(), found["parts"], rows_of(found, "table")
    load = max(part["load"] for part in parts.values())
    shared = "; other work shared the machine, so read ratios, not milliseconds" if load > 1 else ""
    return f"""# What was measured

{origins(parts)} `bench/README.md` says how to run all of it or one kernel on one graph; this file is written by the program, verdicts included.

Machine: {at['cpu']}, {at['cores']} cores ({', '.join(at['instructions']) or 'no AVX2'}), {at['memory_gib']} GiB, {at['system']}, {at['compiler']},
preset `release` (runs on any x86-64; wider instructions are chosen at run time). Load average at the start: {load:.2f}{shared}.
Programs: {versions(rows)}.
"""


HOW = f"""How: every program loads the same graph once and then runs a kernel when asked; programs take turns run by run. Times are medians
of the kernel alone, answer in the user's order of nodes included: of processor time for one thread, of clock time for two.
`peer / ours` above 1 means that Entente is faster. Answers are compared node by node (communities by modularity, recomputed
from the membership by one scorer; the median over the seeds of the runs). Peak memory is that of the process during the kernel, graph included; a
Python program holds its interpreter and its lists of edges too. Renumbering nodes by degree is in the line of rows as `hub first`, not in the kernels.
A run is given up after a while of its own processor time, and its program not asked that kernel again on a larger graph; what is known to take
minutes is left out (`SLOW` in `bench/kernels.py`) but for `scripts/bench --thorough`.

Graphs, made by `entente generate`: pn10k, pn60k, pn200k are partnership networks with 10 ties a body; kron16 and kron18 are
Kronecker graphs of the Graph500 benchmark with edge factor 16; grid1000 is a lattice of 1000 × 1000. The {len(INSTANCES)} flow networks
({', '.join(INSTANCES)}) are the families that the literature of maximum flow is measured on; `bench/flow_instances.py` makes them and names their sources.
"""


def against_the_peers(found):
    rows = rows_of(found, "table")
    if not rows:
        return ""
    standing = "\n\n".join(filter(None, (judgement.standing(rows), judgement.flow_networks(rows))))
    return f"""
## How we stand

{standing}

The gates are the ratios that we hold ourselves to (`bench/kernels.py`), on one thread. Graph by graph:

{judgement.gates_by_graph(rows)}

## Against the peers

For maximum flow, `network kept` leaves the making of the flow network out, ours as well as the peers', and `with the network built` counts it, for all from the same columns in memory; `one call` is ours from a graph that exists, with everything that it gives.

{report.summary(rows)}

{report.notes(rows)}

## Gates

{judgement.gates(rows)}
"""


def growth(found):
    rows = rows_of(found, "growth")
    return "" if not rows else f"""
## How cost grows

Entente on partnership networks of three sizes a decade apart, one thread; the exponent is that of time over size, fitted through
the three: 1 is linear. Sizes that leave the caches raise it. Of build {found['parts']['growth']['build']}{same_as_table(found, 'growth')}.

{report.growth(rows)}
"""


def busy(found):
    rows = rows_of(found, "busy")
    return "" if not rows else f"""
## On a busy machine

One and two threads in turns, alone and beside a process that never rests (on {os.cpu_count()} cores). Clock time, build
{found['parts']['busy']['build']}{same_as_table(found, 'busy')}. What `bench/kernels.py` does not mark as parallel runs on one thread, whatever it is given
(of Louvain, Leiden and label propagation, several runs share the threads; here it is one).

{judgement.two_threads(rows)}

{report.busy(rows)}
"""


def same_as_table(found, name):
    table = found["parts"].get("table")
    if table is None:
        return ""
    return ", the same as above" if table["build"] == found["parts"][name]["build"] else f", not that of the tables above ({table['build']})"


def loading(found):
    rows = rows_of(found, "load")
    return "" if not rows else f"""
## Loading

A data package of 200,000 bodies and 2,000,000 ties (`bench/load.cpp` says how it is made), and the cheap measures on it; one run.

{report.loading(rows)}
"""


def document(found):
    rows = rows_of(found, "table")
    text = head(found) + "\n" + HOW + against_the_peers(found) + growth(found) + busy(found) + loading(found)
    return text + (f"\n## Every figure\n\n{report.details(rows)}\n" if rows else "")
