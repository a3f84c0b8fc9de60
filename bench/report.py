"""Writes what was measured: the tables, and docs/performance.md around them."""
import math
import os
import platform
import re
import statistics
import subprocess
from datetime import date
from itertools import groupby

from kernels import GATES, KERNELS
from programs import OURS


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
            "compiler": f"g++ {compiler}", "instructions": flags, "date": date.today().isoformat(), "load": os.getloadavg()[0]}


def seconds(value):
    if value is None:
        return "–"
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if value * scale >= 1 or unit == "µs":
            number = value * scale
            return f"{number:.3g} {unit}" if number < 1000 else f"{number:.0f} {unit}"
    return ""


def times(row):
    return row["cpu"] if row["threads"] == 1 else row["wall"]


def spread(row):
    return f"{seconds(min(times(row)))} – {seconds(max(times(row)))}" if times(row) else ""


def label(row):
    return row["program"] + (f" ({row['way'].replace('_', ' ')})" if row["way"] else "")


def ratio(row, ours):
    return row["median"] / ours["median"] if row["median"] and ours and ours["median"] else None


def ratio_text(value):
    return "–" if value is None else f"{value:.2f} ×" if value < 10 else f"{value:.0f} ×"


def groups(rows):
    """Rows that belong together: (graph, kernel, threads) -> rows, ours first where we have it."""
    key = lambda row: (row["graph"], row["kernel"], row["threads"])
    for name, members in groupby(rows, key):
        members = list(members)
        ours = next((row for row in members if row["program"] == OURS and row["median"]), None)
        yield name, ours, members


def quality_text(row):
    if not row["quality"]:
        return ""
    name = KERNELS[row["kernel"]].quality_name
    median = statistics.median(row["quality"])
    return f"{median:.4f}" if name == "modularity" else f"{median:.1e}"


def answers_text(kernel, ours, peers):
    """Whether the answers agree; where there is no one answer, how good each is."""
    said = [row for row in peers if row["agrees"] is not None]
    if not said or kernel.quality_name == "modularity":
        judged = [f"{row['program']} {quality_text(row)}" for row in [ours, *peers] if row["quality"]]
        return f"{kernel.quality_name} {', '.join(judged)}" if judged else ""
    differing = [label(row) for row in said if not row["agrees"]]
    return f"differ: {', '.join(differing)}" if differing else f"{len(said)} of {len(said)} agree"


def summary(rows):
    """One line a kernel and graph: ours, the best peer, and every peer's ratio."""
    lines = ["| kernel | graph | threads | Entente | best peer | peer / ours | all peers / ours | answers |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for (graph, kernel, threads), ours, members in groups(rows):
        peers = sorted((row for row in members if row["program"] != OURS and row["median"]), key=lambda row: row["median"])
        if ours is None:
            continue
        best = peers[0] if peers else None
        behind = best is not None and best["median"] < ours["median"]
        answers = answers_text(KERNELS[kernel], ours, peers)
        lines.append(f"| {KERNELS[kernel].title} | {graph} | {threads} | {seconds(ours['median'])} | "
                     f"{label(best) + ' ' + seconds(best['median']) if best else '–'} | "
                     f"{'**trails** ' if behind else ''}{ratio_text(ratio(best, ours)) if best else '–'} | "
                     f"{', '.join(label(row) + ' ' + ratio_text(ratio(row, ours)) for row in peers)} | {answers} |")
    return "\n".join(lines)


def details(rows):
    """Every program's figures."""
    lines = ["| kernel | graph | threads | program | median | least – most | runs | peak memory | / ours | quality | agrees |",
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    for (graph, kernel, threads), ours, members in groups(rows):
        for row in members:
            agrees = row["error"].replace("|", "/") if row["error"] else {True: "yes", False: "**no**", None: ""}[row["agrees"]]
            peak = f"{row['peak_mb']:.0f} MB" if row["peak_mb"] else ""
            cells = [kernel, graph, threads, label(row), seconds(row["median"]), spread(row), len(row["wall"]), peak,
                     "" if row is ours else ratio_text(ratio(row, ours)), quality_text(row), agrees]
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def growth(rows):
    """Ours at three sizes, with the exponent of time over nodes and edges fitted through them."""
    by_kernel = {}
    for row in rows:
        if row["median"]:
            by_kernel.setdefault(row["kernel"], []).append(row)
    lines = ["| kernel | sizes (nodes; 10 edges each) | times | exponent | peak memory at the largest |", "| --- | --- | --- | --- | --- |"]
    for kernel in sorted(by_kernel, key=list(KERNELS).index):
        members = by_kernel[kernel]
        members.sort(key=lambda row: int(row["graph"].split("-")[1]))
        x = [math.log(int(row["graph"].split("-")[1])) for row in members]
        y = [math.log(row["median"]) for row in members]
        if len(x) < 2:
            continue
        middle_x, middle_y = statistics.mean(x), statistics.mean(y)
        slope = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y)) / sum((a - middle_x) ** 2 for a in x)
        lines.append(f"| {KERNELS[kernel].title} | {', '.join(format(int(row['graph'].split('-')[1]), ',') for row in members)} | "
                     f"{', '.join(seconds(row['median']) for row in members)} | {slope:.2f} | {members[-1]['peak_mb'] or 0:.0f} MB |")
    return "\n".join(lines)


def busy(rows):
    lines = ["| kernel | graph | quiet: 1 thread | 2 threads | gain | busy: 1 thread | 2 threads | gain |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    pairs = {}
    for row in rows:
        pairs.setdefault((row["kernel"], row["graph"]), {})[row["busy"]] = row
    for (kernel, graph), both in pairs.items():
        if len(both) < 2:
            continue
        cells = []
        for row in (both[False], both[True]):
            gain = row["one"] / row["two"]
            cells += [seconds(row["one"]), seconds(row["two"]), f"{'**slower** ' if gain < 0.95 else ''}{gain:.2f} ×"]
        lines.append(f"| {KERNELS[kernel].title} | {graph} | {' | '.join(cells)} |")
    return "\n".join(lines)


def loading(printed):
    """The lines of bench_load as a table."""
    lines = ["| step | seconds | peak memory so far |", "| --- | --- | --- |"]
    for line in printed.splitlines():
        found = re.match(r"(.*?)\s+([\d.]+) s\s+peak\s+(\d+ MB)", line)
        if found:
            lines.append("| " + " | ".join(found.groups()) + " |")
    return "\n".join(lines)


def notes():
    return "\n".join(f"- `{name}`: {kernel.note}." for name, kernel in KERNELS.items() if kernel.note)


def versions(rows):
    seen = {}
    for row in rows:
        seen[row["program"]] = row["version"]
    return ", ".join(f"{name} {version}" for name, version in seen.items())


def standing(rows):
    """How many lines are ahead, and by name those that trail."""
    ahead, behind = 0, []
    for (graph, kernel, threads), ours, members in groups(rows):
        peers = [row["median"] for row in members if row["program"] != OURS and row["median"]]
        if not ours or not peers:
            continue
        if min(peers) >= ours["median"]:
            ahead += 1
        else:
            behind.append(f"{KERNELS[kernel].title} on {graph} with {threads} {'thread' if threads == 1 else 'threads'} ({min(peers) / ours['median']:.2f} ×)")
    text = f"Ahead of every peer in {ahead} of {ahead + len(behind)} lines."
    return text + (" Trailing in: " + "; ".join(behind) + "." if behind else "")


def gates(rows):
    """How far ahead we are of where we mean to be, a line each."""
    lines = ["| gate | graph | wanted | reached | |", "| --- | --- | --- | --- | --- |"]
    for (graph, kernel, threads), ours, members in groups(rows):
        for peer, wanted in GATES.get(kernel, {}).items():
            rivals = [row for row in members if row["program"] != OURS and row["median"] and peer in ("all", row["program"])]
            if threads != 1 or not ours or not rivals:
                continue
            rival = min(rivals, key=lambda row: row["median"])
            reached = ratio(rival, ours)
            verdict = "holds" if reached >= wanted else "**missed**"
            if KERNELS[kernel].quality_name == "modularity":
                lead = statistics.median(ours["quality"]) - statistics.median(rival["quality"])
                verdict = f"{verdict if lead >= -0.0005 else '**missed**'}, modularity {lead:+.4f}"
            lines.append(f"| {kernel} | {graph} | {wanted} × {label(rival)} | {ratio_text(reached)} | {verdict} |")
    return "\n".join(lines)


def tables(results):
    parts = [summary(results["rows"]), gates(results["rows"])] if results["rows"] else []
    if results["growth"]:
        parts.append(growth(results["growth"]))
    if results["busy"]:
        parts.append(busy(results["busy"]))
    return "\n\n".join(parts)


def document(results):
    at = results["machine"]
    rows = results["rows"]
    text = f"""# What was measured

Written by `{results['command']}` on {at['date']} in {results['seconds'] / 60:.0f} minutes{' (stopped before its end)' if results.get('stopped') else ''}; `bench/README.md` says how to run all of it or
one kernel on one graph.

Machine: {at['cpu']}, {at['cores']} cores ({', '.join(at['instructions']) or 'no AVX2'}), {at['memory_gib']} GiB, {at['system']}, {at['compiler']},
preset `release` (runs on any x86-64; wider instructions are chosen at run time). Load average at the start: {at['load']:.2f}{'; other work shared the machine, so read ratios, not milliseconds' if at['load'] > 1 else ''}.
Programs: {versions(rows)}.

How: every program loads the same graph once and then runs a kernel when asked; programs take turns run by run. Times are medians
of the kernel alone, answer in the user's order of nodes included: of processor time for one thread, of clock time for two.
`peer / ours` above 1 means that Entente is faster. Answers are compared node by node (communities by modularity, recomputed
from the membership by one scorer; the median over the seeds of the runs). Peak memory is that of the process during the kernel, graph included; a
Python program holds its interpreter and its lists of edges too. Renumbering nodes by degree is part of `graph from edges`, not of the kernels.

Graphs, made by `entente generate`: pn10k, pn60k, pn200k are partnership networks with 10 ties a body; kron16 and kron18 are
Kronecker graphs of the Graph500 benchmark with edge factor 16; grid1000 is a lattice of 1000 × 1000.

{standing(rows)}

## Against the peers

{summary(rows)}

{notes()}
"""
    if results["growth"]:
        text += f"""
## How cost grows

Entente on partnership networks of three sizes a decade apart, one thread; the exponent is that of time over size, fitted through
the three: 1 is linear. Sizes that leave the caches raise it.

{growth(results['growth'])}
"""
    if results["busy"]:
        text += f"""
## On a busy machine

One and two threads in turns, alone and beside a process that never rests (on {at['cores']} cores). Clock time.

{busy(results['busy'])}
"""
    if results.get("load"):
        text += f"""
## Loading

A data package of 200,000 bodies and 2,000,000 ties (`bench/load.cpp` says how it is made), and the cheap measures on it; one run.

{loading(results['load'])}
"""
    return text + f"""
## Every figure

{details(rows)}
"""
